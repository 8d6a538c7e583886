package dev.beckon.bench.api;

/**
 * What a load process is to do.
 *
 * @param kind of requests
 * @param name of the run, which makes its recipients and Idempotency-Keys its own
 * @param port of the door, on loopback
 * @param key text of a key that may ask
 * @param connections kept alive, each with one request at a time
 * @param rows of one request, where it hands in invitations
 * @param planted invitations there are to be read, rows 1 to so many of the batch {@link #PLANTED}
 * @param warmUpSeconds before anything is counted
 * @param seconds that are counted
 * @param wrongKeys requests a second with a wrong key, on a connection of their own
 */
public record LoadOrder(
    Kind kind,
    String name,
    int port,
    String key,
    int connections,
    int rows,
    int planted,
    double warmUpSeconds,
    double seconds,
    int wrongKeys) {

  /** The batch whose invitations are read. */
  public static final String PLANTED = "planted";

  /** What is asked. */
  public enum Kind {
    /** Invitations are handed in, each request with an Idempotency-Key of its own. */
    HAND_IN,
    /** An invitation is read. */
    READ
  }
}
