/** The whole module on one machine: embedded servers, the event-source poller, the command line. */
@NullMarked
package dev.beckon.local;

import org.jspecify.annotations.NullMarked;
