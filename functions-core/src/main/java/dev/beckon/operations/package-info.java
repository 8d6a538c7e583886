/** What operators do with invitations: find, redrive, erase. */
@NullMarked
package dev.beckon.operations;

import org.jspecify.annotations.NullMarked;
