/**
 * From a due parcel to settled invitations: claim last, fence, send, settle; and what sweeps
 * behind.
 */
@NullMarked
package dev.beckon.dispatch;

import org.jspecify.annotations.NullMarked;
