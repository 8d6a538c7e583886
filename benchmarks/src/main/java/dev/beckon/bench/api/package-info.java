/** The load process of the HTTP API: what a caller does who never waits between two requests. */
@NullMarked
package dev.beckon.bench.api;

import org.jspecify.annotations.NullMarked;
