package dev.beckon.app;

import dev.beckon.account.Secrets;
import dev.beckon.filedrop.ObjectStore;
import dev.beckon.parcel.WorkQueue;
import dev.beckon.telemetry.Telemetry;
import java.time.Clock;

/** What a host supplies; it decides nothing. All parts are thread-safe and live as long as it. */
public interface Platform extends AutoCloseable {

  ObjectStore objects();

  /**
   * The queue that feeds an entry point.
   *
   * @param target one of the queue-fed entry points: FILE_DROP, CHUNK, DISPATCH_PRIORITY,
   *     DISPATCH_BULK
   */
  WorkQueue queue(EntryPoint target);

  Secrets secrets();

  Clock clock();

  /** Where figures and traces go; nowhere unless the host says so. */
  default Telemetry telemetry() {
    return Telemetry.NONE;
  }

  @Override
  void close();
}
