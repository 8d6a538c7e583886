package dev.beckon.bench.measure;

import java.util.Map;

/** Something to be measured, round by round. Used by one thread. */
public interface Measured extends AutoCloseable {

  /**
   * What one round did.
   *
   * @param done invitations, rows or messages
   */
  record Done(long done, Map<String, Double> details) {
    /** With nothing more to tell. */
    public static Done of(long done) {
      return new Done(done, Map.of());
    }
  }

  /** Prepares the next round; not measured. */
  default void prepare() throws Exception {}

  /** Runs what was prepared; measured. */
  Done run() throws Exception;

  @Override
  void close();
}
