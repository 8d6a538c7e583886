/** What happened to an account, a file or the system: written once per cause, never per row. */
@NullMarked
package dev.beckon.events;

import org.jspecify.annotations.NullMarked;
