package dev.beckon.app;

import dev.beckon.account.Account;
import dev.beckon.account.AccountReader;
import dev.beckon.account.InvalidAccountException;
import dev.beckon.account.Secrets;
import dev.beckon.api.WebDoor;
import dev.beckon.config.ConfigKey;
import dev.beckon.config.ConfigurationException;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.dispatch.DeadLetters;
import dev.beckon.dispatch.DispatchParts;
import dev.beckon.dispatch.Dispatcher;
import dev.beckon.dispatch.Pause;
import dev.beckon.dispatch.Renderers;
import dev.beckon.dispatch.Sweep;
import dev.beckon.dispatch.VendorPool;
import dev.beckon.feedback.Unsubscribe;
import dev.beckon.filedrop.ChunkIntake;
import dev.beckon.filedrop.FileDrop;
import dev.beckon.filedrop.FileDropParts;
import dev.beckon.filedrop.ImportSweep;
import dev.beckon.filedrop.MissedFiles;
import dev.beckon.intake.Intake;
import dev.beckon.intake.Retention;
import dev.beckon.intake.SealedFields;
import dev.beckon.intake.SuppressedRecipients;
import dev.beckon.mongo.MongoConnection;
import dev.beckon.operations.Erasure;
import dev.beckon.operations.Operations;
import dev.beckon.parcel.Deadline;
import dev.beckon.parcel.Hint;
import dev.beckon.parcel.Lane;
import dev.beckon.parcel.Nudger;
import dev.beckon.privacy.Failures;
import dev.beckon.privacy.RecipientHasher;
import dev.beckon.privacy.Sealer;
import dev.beckon.vendor.VendorCatalog;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The core, wired: one method per {@link EntryPoint}. Built once per process and used by every
 * invocation. Thread-safe.
 */
public final class Application implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Application.class);

  private final Platform platform;
  private final MongoConnection connection;
  private final Stores stores;
  private final VendorPool vendors;
  private final FileDropParts files;
  private final DispatchParts dispatch;
  private final FileDrop fileDrop;
  private final ChunkIntake chunkIntake;
  private final Dispatcher dispatcher;
  private final Sweep sweep;
  private final ImportSweep importSweep;
  private final MissedFiles missedFiles;
  private final DeadLetters deadLetters;
  private final Undecodable undecodable;
  private final WebDoor webDoor;
  private final AccountCheck accountCheck;
  private final Retention retention;
  private final Erasure erasure;
  private final Operations operations;

  private Application(RuntimeConfig config, Platform platform, VendorCatalog catalog) {
    Clock clock = platform.clock();
    Secrets secrets = platform.secrets();
    SecureRandom random = new SecureRandom();
    this.platform = platform;
    this.connection = connect(config, secrets);
    this.stores = Stores.on(connection, config, clock);
    Sealer sealer =
        new Sealer(
            keys(config, ConfigKey.MASTER_KEY, "m1", secrets).values(),
            stores.keys(),
            clock,
            random);
    RecipientHasher hasher = new RecipientHasher(keys(config, ConfigKey.HASH_KEY, "k1", secrets));
    SealedFields sealed = new SealedFields(sealer);
    SuppressedRecipients suppressed =
        new SuppressedRecipients(stores.suppressions(), hasher, sealed);
    Nudger nudger =
        new Nudger(
            stores.parcels(),
            Map.of(
                Lane.PRIORITY, platform.queue(EntryPoint.DISPATCH_PRIORITY),
                Lane.BULK, platform.queue(EntryPoint.DISPATCH_BULK)),
            clock);
    Intake intake =
        new Intake(
            stores.invitations(),
            stores.parcels(),
            stores.suppressions(),
            stores.contacts(),
            hasher,
            sealed,
            nudger,
            random,
            clock);
    Renderers renderers = new Renderers(URI.create(config.text(ConfigKey.PUBLIC_URL)));
    this.files =
        new FileDropParts(
            stores.accounts(),
            platform.objects(),
            stores.imports(),
            stores.invitations(),
            stores.gates(),
            nudger,
            intake,
            new Previews(renderers, sealed),
            sealer,
            platform.queue(EntryPoint.FILE_DROP),
            platform.queue(EntryPoint.CHUNK),
            stores.events(),
            clock);
    this.fileDrop = files.fileDrop();
    this.chunkIntake = files.chunkIntake();
    this.importSweep = files.importSweep();
    this.erasure =
        new Erasure(
            stores.accounts(),
            stores.invitations(),
            stores.suppressions(),
            stores.contacts(),
            stores.erasures(),
            files.importFiles(),
            hasher,
            stores.events(),
            clock);
    this.retention =
        new Retention(
            stores.accounts(), stores.invitations(), stores.contacts(), stores.keys(), clock);
    this.missedFiles = files.missedFiles();
    this.vendors = new VendorPool(catalog, secrets);
    this.dispatch =
        new DispatchParts(
            stores.accounts(),
            stores.invitations(),
            stores.parcels(),
            suppressed,
            stores.contacts(),
            stores.gates(),
            nudger,
            stores.events(),
            intake,
            sealed,
            vendors,
            renderers,
            new SplittableRandom(random.nextLong()),
            clock);
    this.dispatcher = dispatch.dispatcher();
    this.sweep = dispatch.sweep();
    this.deadLetters = dispatch.deadLetters();
    this.undecodable = new Undecodable(stores.events(), clock);
    this.accountCheck = new AccountCheck(catalog, URI.create(config.text(ConfigKey.PUBLIC_URL)));
    this.operations =
        new Operations(
            stores.search(),
            stores.invitations(),
            stores.parcels(),
            hasher,
            nudger,
            stores.events(),
            clock);
    this.webDoor = new WebDoor(new Unsubscribe(stores.invitations(), suppressed, clock));
  }

  /**
   * Wires the core for a host. Connects to nothing yet.
   *
   * @throws ConfigurationException naming what cannot be worked with
   */
  public static Application start(RuntimeConfig config, Platform platform, VendorCatalog vendors) {
    return new Application(config, platform, vendors);
  }

  /**
   * {@link EntryPoint#FILE_DROP}: files that were created, and hints at waiting imports.
   *
   * @return ids of deliveries to be delivered again
   * @throws RuntimeException what kept a created file from being taken, after all others were; the
   *     whole event must be delivered again
   */
  public Set<String> fileDrop(List<String> createdKeys, List<Delivery> hints, Deadline deadline) {
    RuntimeException failed = null;
    for (String key : createdKeys) {
      try {
        told(() -> fileDrop.created(key, deadline));
      } catch (RuntimeException e) {
        if (failed == null) {
          failed = e;
        } else {
          failed.addSuppressed(e);
        }
      }
    }
    Set<String> again =
        eachHint(hints, Hint.Kind.IMPORT, "files", id -> fileDrop.run(id, deadline));
    if (failed != null) {
      throw failed;
    }
    return again;
  }

  /**
   * {@link EntryPoint#CHUNK}: chunks to be accepted.
   *
   * @return ids of deliveries to be delivered again
   */
  public Set<String> chunks(List<Delivery> deliveries, Deadline deadline) {
    return eachHint(deliveries, Hint.Kind.CHUNK, "chunks", chunkIntake::accept);
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
        undecodable.keep("dispatch", delivery.body());
      } else {
        byParcel.computeIfAbsent(hint.id(), id -> new LinkedHashSet<>()).add(delivery.id());
      }
    }
    Set<String> again = new LinkedHashSet<>();
    for (String parcel : dispatcher.dispatch(byParcel.keySet(), deadline)) {
      again.addAll(byParcel.getOrDefault(parcel, Set.of()));
    }
    return again;
  }

  /** {@link EntryPoint#SWEEP}: the timer. */
  public void sweep(Deadline deadline) {
    told(sweep::run);
    told(importSweep::run);
    told(erasure::run);
    told(retention::run);
    told(missedFiles::run);
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
        undecodable.keep("dead-letter", delivery.body());
        continue;
      }
      guarded(
          delivery,
          again,
          () -> {
            switch (hint.kind()) {
              case PARCEL -> deadLetters.take(hint.id());
              // Sweep hints at these again by itself; what they need is somebody who looks.
              case CHUNK, IMPORT -> undecodable.stuck(hint);
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
    createdKeys.forEach(fileDrop::register);
  }

  /** The HTTP door. */
  public WebDoor webDoor() {
    return webDoor;
  }

  /**
   * Stores an account's document as its next version, if this installation can work with it.
   *
   * @throws InvalidAccountException naming every problem by path; nothing is stored then
   */
  public Account configure(String json) {
    accountCheck.check(new AccountReader().read(json, 0));
    return stores.accounts().put(json);
  }

  /** Erases recipients, for an operator. */
  public Erasure erasure() {
    return erasure;
  }

  /** What operators do with imports. */
  public FileDropParts imports() {
    return files;
  }

  /** Pausing and resuming dispatches. */
  public Pause pause() {
    return dispatch.pause();
  }

  /** What an operator asks and orders. */
  public Operations operations() {
    return operations;
  }

  /** What is stored, for the command line and tests. */
  public Stores stores() {
    return stores;
  }

  /** Creates the store's indexes; run once per deployment. */
  public void migrate() {
    connection.migrate();
  }

  @Override
  public void close() {
    vendors.close();
    connection.close();
    platform.close();
  }

  private Set<String> eachHint(
      List<Delivery> deliveries, Hint.Kind kind, String queue, Consumer<String> work) {
    Set<String> again = new LinkedHashSet<>();
    for (Delivery delivery : deliveries) {
      Hint hint = Hint.parse(delivery.body()).orElse(null);
      if (hint == null || hint.kind() != kind) {
        undecodable.keep(queue, delivery.body());
      } else {
        guarded(delivery, again, () -> work.accept(hint.id()));
      }
    }
    return again;
  }

  /** One bad message never takes its neighbours down. */
  private static void guarded(Delivery delivery, Set<String> again, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.error("message={} failed and is delivered again: {}", delivery.id(), Failures.tell(e));
      again.add(delivery.id());
    }
  }

  /**
   * What leaves the core ends in the platform's log: nothing of a failure's own words goes there.
   */
  private static void told(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      throw new IllegalStateException(Failures.tell(e));
    }
  }

  private static MongoConnection connect(RuntimeConfig config, Secrets secrets) {
    String uri = config.text(ConfigKey.MONGO_URI);
    try {
      String resolved = Secrets.isReference(uri) ? secrets.resolve(URI.create(uri)).reveal() : uri;
      return new MongoConnection(resolved, config.text(ConfigKey.DATABASE));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          List.of(ConfigKey.MONGO_URI.variable() + ": " + e.getMessage()));
    }
  }

  private static SequencedMap<String, byte[]> keys(
      RuntimeConfig config, ConfigKey key, String alone, Secrets secrets) {
    SequencedMap<String, byte[]> keys = new LinkedHashMap<>();
    config
        .keys(key, alone)
        .forEach((id, reference) -> {
          try {
            keys.put(id, Base64.getDecoder().decode(secrets.resolve(reference).reveal().strip()));
          } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                List.of(key.variable() + ": the secret " + reference + " is not base64"));
          }
        });
    return keys;
  }
}
