package dev.beckon.bench.measure;

import java.util.Map;

/**
 * One measured round.
 *
 * @param done invitations, rows or messages
 * @param cpuSeconds processor time of the worker's process
 * @param allocated bytes allocated in it
 * @param gcSeconds pauses of its collector
 * @param sinkCpuSeconds processor time of the sinks' process
 * @param details more that the scenario knows, in its own units
 */
public record Round(
    long done,
    double seconds,
    double cpuSeconds,
    long allocated,
    double gcSeconds,
    double sinkCpuSeconds,
    Map<String, Double> details) {

  /** Done a second. */
  public double rate() {
    return done / seconds;
  }
}
