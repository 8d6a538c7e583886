/** Log lines as every cloud takes them. */
@NullMarked
package dev.beckon.logs;

import org.jspecify.annotations.NullMarked;
