package dev.beckon.azure.platform;

import dev.beckon.account.Secrets;
import dev.beckon.app.EntryPoint;
import dev.beckon.app.Platform;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.config.ShiftedClock;
import dev.beckon.filedrop.ObjectStore;
import dev.beckon.parcel.WorkQueue;
import java.time.Clock;

/** Beckon's platform on Azure. */
public final class AzurePlatform implements Platform {
  private final Clock clock;

  /** Opens no connection yet. */
  public AzurePlatform(RuntimeConfig config) {
    clock = ShiftedClock.of(config);
  }

  @Override
  public ObjectStore objects() {
    throw new UnsupportedOperationException("not built yet");
  }

  @Override
  public WorkQueue queue(EntryPoint target) {
    throw new UnsupportedOperationException("not built yet");
  }

  @Override
  public Secrets secrets() {
    throw new UnsupportedOperationException("not built yet");
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public void close() {}
}
