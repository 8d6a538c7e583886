/** What comes back from recipients and vendors. */
@NullMarked
package dev.beckon.feedback;

import org.jspecify.annotations.NullMarked;
