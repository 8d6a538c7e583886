package dev.beckon.app;

import dev.beckon.access.ApiKeys;
import dev.beckon.account.Account;
import dev.beckon.account.InvalidAccountException;
import dev.beckon.api.WebDoor;
import dev.beckon.config.ConfigurationException;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.dispatch.Pause;
import dev.beckon.filedrop.FileDropParts;
import dev.beckon.intake.Intake;
import dev.beckon.mongo.StoreCheck;
import dev.beckon.operations.Configuration;
import dev.beckon.operations.Erasure;
import dev.beckon.operations.Operations;
import dev.beckon.parcel.Deadline;
import dev.beckon.parcel.Hint;
import dev.beckon.privacy.Failures;
import dev.beckon.privacy.RecipientHasher;
import dev.beckon.telemetry.Telemetry;
import dev.beckon.vendor.VendorCatalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The core, wired: one method per {@link EntryPoint}. Built once per process and used by every
 * invocation. Thread-safe.
 */
public final class Application implements AutoCloseable {
  private final Core core;
  private final HintLoop hints;

  Application(Core core) {
    this.core = core;
    this.hints = new HintLoop(core.undecodable, core.telemetry);
  }

  /**
   * Wires the core for a host. Connects to nothing yet.
   *
   * @throws ConfigurationException naming what cannot be worked with
   */
  public static Application start(RuntimeConfig config, Platform platform, VendorCatalog vendors) {
    return new Application(new Core(config, platform, vendors));
  }

  /**
   * {@link EntryPoint#FILE_DROP}: files that were created, and hints at waiting imports.
   *
   * @return ids of deliveries to be delivered again
   * @throws RuntimeException what kept a created file from being taken, after all others were; the
   *     whole event must be delivered again
   */
  public Set<String> fileDrop(
      List<String> createdKeys, List<Delivery> importHints, Deadline deadline) {
    Set<String> again =
        hints.eachHint(
            importHints, Hint.Kind.IMPORT, "files", id -> core.fileDrop.run(id, deadline));
    List<Runnable> created = new ArrayList<>();
    createdKeys.forEach(key -> created.add(() -> core.fileDrop.created(key, deadline)));
    eachTold(created);
    return again;
  }

  /**
   * {@link EntryPoint#CHUNK}: chunks to be accepted.
   *
   * @return ids of deliveries to be delivered again
   */
  public Set<String> chunks(List<Delivery> deliveries, Deadline deadline) {
    return hints.eachHint(deliveries, Hint.Kind.CHUNK, "chunks", core.chunkIntake::accept);
  }

  /**
   * {@link EntryPoint#DISPATCH_PRIORITY} and {@link EntryPoint#DISPATCH_BULK}: parcels that may be
   * due.
   *
   * @return ids of deliveries to be delivered again
   */
  public Set<String> dispatch(List<Delivery> deliveries, Deadline deadline) {
    Map<String, Set<String>> byParcel = new LinkedHashMap<>();
    for (Delivery delivery : deliveries) {
      Hint hint = Hint.parse(delivery.body()).orElse(null);
      if (hint == null || hint.kind() != Hint.Kind.PARCEL) {
        core.undecodable.keep("dispatch", delivery.body());
      } else {
        byParcel.computeIfAbsent(hint.id(), id -> new LinkedHashSet<>()).add(delivery.id());
      }
    }
    Set<String> again = new LinkedHashSet<>();
    for (String parcel : core.dispatcher.dispatch(byParcel.keySet(), deadline)) {
      again.addAll(byParcel.getOrDefault(parcel, Set.of()));
    }
    return again;
  }

  /**
   * {@link EntryPoint#SWEEP}: the timer.
   *
   * @throws RuntimeException what kept one of its parts from its end, after all others had their
   *     turn
   */
  public void sweep(Deadline deadline) {
    eachTold(
        List.of(
            core.sweep::run,
            core.importSweep::run,
            () -> core.notices.run(deadline),
            core.erasure::run,
            core.retention::run,
            core.missedFiles::run));
  }

  /**
   * {@link EntryPoint#DEAD_LETTER}: messages that were received ten times without success.
   *
   * @return ids of deliveries to be delivered again
   */
  public Set<String> deadLetters(List<Delivery> deliveries, Deadline deadline) {
    Set<String> again = new LinkedHashSet<>();
    for (Delivery delivery : deliveries) {
      Hint hint = Hint.parse(delivery.body()).orElse(null);
      if (hint == null) {
        core.undecodable.keep("dead-letter", delivery.body());
        continue;
      }
      hints.guarded(
          delivery,
          hint,
          again,
          () -> {
            switch (hint.kind()) {
              case PARCEL -> core.deadLetters.take(hint.id());
              // Sweep hints at these again by itself; what they need is somebody who looks.
              case CHUNK, IMPORT -> core.undecodable.stuck(hint, core.accountOf(hint));
            }
          });
    }
    return again;
  }

  /**
   * {@link EntryPoint#DEAD_LETTER}: files whose event was received ten times without success, as in
   * an outage of the store. They are only noted: what failed to run them may fail again.
   */
  public void deadFiles(List<String> createdKeys) {
    createdKeys.forEach(core.fileDrop::register);
  }

  /** Where figures and traces of this installation go. */
  public Telemetry telemetry() {
    return core.telemetry;
  }

  /** Takes rows that a host has in its hands. */
  public Intake intake() {
    return core.dispatch.intake();
  }

  /** The HTTP door. */
  public WebDoor webDoor() {
    return core.webDoor;
  }

  /**
   * Stores an account's document as its next version, if this installation can work with it, in the
   * name of the installation.
   *
   * @throws InvalidAccountException naming every problem by path; nothing is stored then
   */
  public Account configure(String json) {
    return core.configuration.store(json, "the installation");
  }

  /** Reading and changing accounts' documents. */
  public Configuration configuration() {
    return core.configuration;
  }

  /** Erases recipients, for an operator. */
  public Erasure erasure() {
    return core.erasure;
  }

  /** What operators do with imports. */
  public FileDropParts imports() {
    return core.files;
  }

  /** Pausing and resuming dispatches. */
  public Pause pause() {
    return core.dispatch.pause();
  }

  /** Keys of the HTTP door. */
  public ApiKeys keys() {
    return core.keys;
  }

  /** Hashes recipients as they are stored. */
  public RecipientHasher hasher() {
    return core.hasher;
  }

  /** What an operator asks and orders. */
  public Operations operations() {
    return core.operations;
  }

  /** What is stored, for the command line and tests. */
  public Stores stores() {
    return core.stores;
  }

  /** Looks at the store, for whoever looks after it. */
  public StoreCheck storeCheck() {
    return new StoreCheck(core.connection, core.clock);
  }

  /** Creates the store's indexes; run once per deployment. */
  public void migrate() {
    core.connection.migrate();
  }

  @Override
  public void close() {
    core.close();
  }

  /**
   * Does every piece of work, whatever becomes of the others, and then throws what failed first.
   * What leaves the core ends in the platform's log: nothing of a failure's own words goes there.
   */
  private static void eachTold(List<Runnable> works) {
    IllegalStateException failed = null;
    for (Runnable work : works) {
      try {
        work.run();
      } catch (RuntimeException e) {
        IllegalStateException told = new IllegalStateException(Failures.tell(e));
        if (failed == null) {
          failed = told;
        } else {
          failed.addSuppressed(told);
        }
      }
    }
    if (failed != null) {
      throw failed;
    }
  }
}
