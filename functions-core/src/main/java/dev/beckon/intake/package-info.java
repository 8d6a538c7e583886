/** Rows in, receipt out: every row accounted for. */
@NullMarked
package dev.beckon.intake;

import org.jspecify.annotations.NullMarked;
