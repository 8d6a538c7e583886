package dev.beckon.local.simulation;

import java.time.Instant;

/**
 * A message that was sent or failed.
 *
 * @param millis how long the network took; not a number where the journal does not tell
 */
record Settled(Instant at, boolean sent, double millis) {}
