/** What AWS runs around a function: environments, queue polling, asynchronous calls, timers. */
@NullMarked
package dev.beckon.local.poller;

import org.jspecify.annotations.NullMarked;
