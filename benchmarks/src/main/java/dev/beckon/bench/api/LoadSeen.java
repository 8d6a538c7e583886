package dev.beckon.bench.api;

/**
 * What a load process saw.
 *
 * @param requests answered as they should be, within the counted seconds
 * @param seconds counted
 * @param p50 milliseconds from the first byte sent to the last received
 * @param p99 milliseconds
 * @param slowest milliseconds
 * @param errors answers of another status than the right one
 * @param turnedAway wrong keys answered with 401 or 429
 */
public record LoadSeen(
    long requests,
    double seconds,
    double p50,
    double p99,
    double slowest,
    long errors,
    long turnedAway) {

  /** Requests a second. */
  public double rate() {
    return requests / seconds;
  }
}
