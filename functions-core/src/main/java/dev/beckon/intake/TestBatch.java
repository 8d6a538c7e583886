package dev.beckon.intake;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Batches of one row that somebody sends to look at it. Contact fatigue does not concern them: they
 * neither wait for other invitations nor keep any from going out.
 */
public final class TestBatch {
  /** No other batch's id begins so: an import's is hexadecimal, and a request's names its kind. */
  private static final String PREFIX = "test";

  private static final int ID_BYTES = 10;

  private TestBatch() {}

  /** The id of a new one. */
  public static String next(SecureRandom random) {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return PREFIX + HexFormat.of().formatHex(id);
  }

  /** Whether a batch is one. */
  public static boolean is(String batch) {
    return batch.startsWith(PREFIX);
  }
}
