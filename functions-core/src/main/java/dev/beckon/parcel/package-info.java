/** Stored ranges of invitations: outbox, timer and unit of work at once. */
@NullMarked
package dev.beckon.parcel;

import org.jspecify.annotations.NullMarked;
