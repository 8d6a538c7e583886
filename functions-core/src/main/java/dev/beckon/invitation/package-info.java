/** One recipient asked once by one dispatch: the invitation, its states and its history. */
@NullMarked
package dev.beckon.invitation;

import org.jspecify.annotations.NullMarked;
