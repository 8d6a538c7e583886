/** Messages that local servers received, shown as their readers see them. */
@NullMarked
package dev.beckon.local.mailbox;

import org.jspecify.annotations.NullMarked;
