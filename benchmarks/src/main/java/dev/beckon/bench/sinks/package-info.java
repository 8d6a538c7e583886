/**
 * The other side of every connection: a store, vendors and a mail server that do as little as
 * possible.
 */
@NullMarked
package dev.beckon.bench.sinks;

import org.jspecify.annotations.NullMarked;
