/** The fault campaign: everything goes wrong on purpose, then the books are compared. */
@NullMarked
package dev.beckon.local.torture;

import org.jspecify.annotations.NullMarked;
