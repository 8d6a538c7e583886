/** The embedded servers of the local host: store, queue, bucket and two sinks, on loopback only. */
@NullMarked
package dev.beckon.local.servers;

import org.jspecify.annotations.NullMarked;
