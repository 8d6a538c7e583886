package dev.beckon.bench.api;

/**
 * What a load process saw.
 *
 * @param requests answered as they should be, of those begun after the warm-up
 * @param seconds from the end of the warm-up to the last answer
 * @param p50 milliseconds from the first byte sent to the last received
 * @param p99 milliseconds
 * @param slowest milliseconds
 * @param errors answers of another status than the right one
 * @param all requests, those of the warm-up among them
 * @param turnedAway wrong keys answered with 401 or 429
 */
public record LoadSeen(
    long requests,
    double seconds,
    double p50,
    double p99,
    double slowest,
    long errors,
    long all,
    long turnedAway) {

  /** Requests a second. */
  public double rate() {
    return requests / seconds;
  }
}
