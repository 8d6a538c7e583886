/** Keeping people's data unreadable: keyed hashes, sealed values, scrubbed texts. */
@NullMarked
package dev.beckon.privacy;

import org.jspecify.annotations.NullMarked;
