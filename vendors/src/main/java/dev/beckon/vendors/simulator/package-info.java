/**
 * A vendor that sends nothing: it plays latency, refusals and crashes, reproducibly from a seed.
 */
@NullMarked
package dev.beckon.vendors.simulator;

import org.jspecify.annotations.NullMarked;
