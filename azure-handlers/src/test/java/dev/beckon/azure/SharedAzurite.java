package dev.beckon.azure;

import dev.beckon.azurite.Azurite;
import dev.beckon.azurite.AzuriteOptions;
import dev.beckon.azurite.AzuriteUnavailableException;
import org.junit.jupiter.api.Assumptions;

/**
 * One emulator, in memory, for all tests of this process; it ends with the process. Tests take
 * containers and queues of names of their own. Where it cannot run they are skipped.
 */
public final class SharedAzurite {
  private static Azurite running;

  private SharedAzurite() {}

  /** The running emulator; skips the test, saying why, where this machine has none. */
  public static synchronized Azurite get() {
    if (running == null) {
      running = start(AzuriteOptions.standard());
    }
    return running;
  }

  /** An emulator of a test's own, to be closed by it. */
  public static Azurite start(AzuriteOptions options) {
    try {
      return Azurite.start(options);
    } catch (AzuriteUnavailableException e) {
      return Assumptions.abort("skipped: " + e.getMessage());
    }
  }
}
