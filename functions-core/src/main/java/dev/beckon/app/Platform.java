package dev.beckon.app;

import dev.beckon.account.Secrets;
import dev.beckon.filedrop.ObjectStore;
import dev.beckon.filedrop.ObjectTickets;
import dev.beckon.parcel.WorkQueue;
import dev.beckon.privacy.KeyWrapper;
import dev.beckon.telemetry.Telemetry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

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

  /** Lets others put and fetch single objects; empty where the host's store cannot. */
  default Optional<ObjectTickets> tickets() {
    return Optional.empty();
  }

  Secrets secrets();

  /**
   * A master key that the platform keeps itself and never hands out.
   *
   * @param reference such as {@code kms:arn:aws:kms:eu-central-1:000000000000:key/…}
   * @throws IllegalArgumentException saying what it takes, when the platform keeps no such keys
   */
  default KeyWrapper masterKey(URI reference) {
    throw new IllegalArgumentException(
        "this host keeps no master keys of scheme "
            + reference.getScheme()
            + "; use secret://name");
  }

  Clock clock();

  /** Passes time. */
  default void pause(Duration time) throws InterruptedException {
    Thread.sleep(time.toMillis());
  }

  /** Where figures and traces go; nowhere unless the host says so. */
  default Telemetry telemetry() {
    return Telemetry.NONE;
  }

  @Override
  void close();
}
