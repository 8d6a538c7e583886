package dev.beckon.aws;

import java.security.Provider;
import java.security.SecureRandomSpi;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Random numbers as the copies of a snapshot see them in the worst case: a generator made before
 * the snapshot gives the same numbers in every copy, one made after it gives its own.
 */
final class FrozenRandom implements AutoCloseable {
  private static final List<Engine> BEFORE = new ArrayList<>();
  private static boolean snapshotTaken;

  private final Provider provider = new Ours();

  FrozenRandom() {
    BEFORE.clear();
    snapshotTaken = false;
    Security.insertProviderAt(provider, 1);
  }

  /** Takes the snapshot, or begins another copy of it. */
  synchronized void copy() {
    snapshotTaken = true;
    BEFORE.forEach(engine -> engine.state = engine.seed);
  }

  @Override
  public void close() {
    Security.removeProvider(provider.getName());
  }

  private static final class Ours extends Provider {
    private static final long serialVersionUID = 1;

    Ours() {
      super("FrozenRandom", "1", "for tests");
      put("SecureRandom.Frozen", Engine.class.getName());
    }
  }

  /** Made by the JDK, by its name. */
  public static final class Engine extends SecureRandomSpi {
    private static final long serialVersionUID = 1;

    private final long seed;
    private long state;

    public Engine() {
      synchronized (BEFORE) {
        seed = snapshotTaken ? ThreadLocalRandom.current().nextLong() : BEFORE.size();
        if (!snapshotTaken) {
          BEFORE.add(this);
        }
      }
      state = seed;
    }

    @Override
    protected void engineSetSeed(byte[] more) {}

    @Override
    protected synchronized void engineNextBytes(byte[] bytes) {
      for (int i = 0; i < bytes.length; i++) {
        state = state * 6364136223846793005L + 1442695040888963407L;
        bytes[i] = (byte) (state >>> 56);
      }
    }

    @Override
    protected byte[] engineGenerateSeed(int length) {
      byte[] bytes = new byte[length];
      engineNextBytes(bytes);
      return bytes;
    }
  }
}
