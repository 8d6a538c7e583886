package dev.beckon.app;

import dev.beckon.access.AccessParts;
import dev.beckon.access.ApiKeys;
import dev.beckon.account.Secrets;
import dev.beckon.api.ApiParts;
import dev.beckon.api.Cors;
import dev.beckon.api.WebDoor;
import dev.beckon.batch.BatchParts;
import dev.beckon.config.ConfigKey;
import dev.beckon.config.ConfigurationException;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.dispatch.DeadLetters;
import dev.beckon.dispatch.DispatchParts;
import dev.beckon.dispatch.DispatchPreview;
import dev.beckon.dispatch.Dispatcher;
import dev.beckon.dispatch.Renderers;
import dev.beckon.dispatch.Sweep;
import dev.beckon.dispatch.VendorPool;
import dev.beckon.feedback.Answers;
import dev.beckon.feedback.Unsubscribe;
import dev.beckon.filedrop.Chunk;
import dev.beckon.filedrop.ChunkIntake;
import dev.beckon.filedrop.FileDrop;
import dev.beckon.filedrop.FileDropParts;
import dev.beckon.filedrop.Import;
import dev.beckon.filedrop.ImportSweep;
import dev.beckon.filedrop.MissedFiles;
import dev.beckon.intake.Intake;
import dev.beckon.intake.Retention;
import dev.beckon.intake.SealedFields;
import dev.beckon.intake.SuppressedRecipients;
import dev.beckon.mongo.MongoConnection;
import dev.beckon.notices.Notices;
import dev.beckon.operations.Configuration;
import dev.beckon.operations.Erasure;
import dev.beckon.operations.Operations;
import dev.beckon.operations.SuppressionList;
import dev.beckon.operations.TestSend;
import dev.beckon.pace.RateAdmission;
import dev.beckon.parcel.Hint;
import dev.beckon.parcel.Lane;
import dev.beckon.parcel.Nudger;
import dev.beckon.privacy.LinkSignatures;
import dev.beckon.privacy.RecipientHasher;
import dev.beckon.privacy.RequestHasher;
import dev.beckon.privacy.Sealer;
import dev.beckon.telemetry.Telemetry;
import dev.beckon.vendor.VendorCatalog;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;

/**
 * Every part of the core, wired once: what an installation is made of, on the stores and the host's
 * platform. Connects to nothing yet. All parts are thread-safe.
 */
final class Core implements AutoCloseable {
  private final Platform platform;
  final MongoConnection connection;
  final Clock clock;
  final Telemetry telemetry;
  final Stores stores;
  private final VendorPool vendors;
  final FileDropParts files;
  final DispatchParts dispatch;
  final FileDrop fileDrop;
  final ChunkIntake chunkIntake;
  final Dispatcher dispatcher;
  final Sweep sweep;
  final ImportSweep importSweep;
  final MissedFiles missedFiles;
  final DeadLetters deadLetters;
  final Undecodable undecodable;
  final WebDoor webDoor;
  final Configuration configuration;
  final Retention retention;
  final Notices notices;
  final Erasure erasure;
  final Operations operations;
  final RecipientHasher hasher;
  final ApiKeys keys;

  /**
   * @throws ConfigurationException naming what cannot be worked with
   */
  Core(RuntimeConfig config, Platform platform, VendorCatalog catalog) {
    this(config, platform, catalog, Configured.connection(config, platform.secrets()));
  }

  private Core(
      RuntimeConfig config, Platform platform, VendorCatalog catalog, MongoConnection connection) {
    this(
        config,
        platform,
        catalog,
        connection,
        Stores.on(connection, config, catalog, platform.clock()));
  }

  /** On stores of any kind. */
  Core(
      RuntimeConfig config,
      Platform platform,
      VendorCatalog catalog,
      MongoConnection connection,
      Stores stores) {
    this.clock = platform.clock();
    this.telemetry = platform.telemetry();
    Secrets secrets = platform.secrets();
    SecureRandom random = new SecureRandom();
    this.platform = platform;
    this.connection = connection;
    this.stores = stores;
    Sealer sealer =
        new Sealer(Configured.masterKeys(config, platform, random), stores.keys(), clock, random);
    SequencedMap<String, byte[]> hashKeys = Configured.hashKeys(config, secrets);
    LinkSignatures signatures = new LinkSignatures(hashKeys);
    this.hasher = new RecipientHasher(hashKeys);
    SealedFields sealed = new SealedFields(sealer);
    SuppressedRecipients suppressed =
        new SuppressedRecipients(stores.suppressions(), hasher, sealed);
    Nudger nudger =
        new Nudger(
            stores.parcels(),
            Map.of(
                Lane.PRIORITY, platform.queue(EntryPoint.DISPATCH_PRIORITY),
                Lane.BULK, platform.queue(EntryPoint.DISPATCH_BULK)),
            new RateAdmission(stores.accounts()),
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
    Renderers renderers = new Renderers(URI.create(config.text(ConfigKey.PUBLIC_URL)), signatures);
    Answers answers = new Answers(stores.invitations(), stores.answers(), sealer);
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
            clock,
            telemetry);
    this.fileDrop = files.fileDrop();
    this.chunkIntake = files.chunkIntake();
    this.importSweep = files.importSweep();
    this.erasure =
        new Erasure(
            stores.accounts(),
            stores.invitations(),
            stores.suppressions(),
            stores.contacts(),
            stores.answers(),
            stores.erasures(),
            files.importFiles(),
            hasher,
            stores.events(),
            clock);
    this.retention =
        new Retention(
            stores.accounts(),
            stores.invitations(),
            stores.contacts(),
            stores.keys(),
            answers,
            clock);
    this.missedFiles = files.missedFiles();
    this.vendors = new VendorPool(catalog, secrets, stores.paces());
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
            clock,
            telemetry);
    this.dispatcher = dispatch.dispatcher();
    this.sweep = dispatch.sweep();
    this.deadLetters = dispatch.deadLetters();
    this.notices =
        new Notices(
            stores.accounts(),
            stores.events(),
            stores.notices(),
            dispatch.directSend()::send,
            URI.create(config.text(ConfigKey.PUBLIC_URL)),
            clock);
    this.undecodable = new Undecodable(stores.events(), clock);
    this.configuration =
        new Configuration(
            stores.accounts(),
            new AccountCheck(catalog, URI.create(config.text(ConfigKey.PUBLIC_URL))),
            stores.events());
    this.operations =
        new Operations(
            stores.search(),
            stores.invitations(),
            stores.parcels(),
            hasher,
            nudger,
            stores.events(),
            clock);
    AccessParts access =
        new AccessParts(
            stores.apiKeys(),
            stores.requests(),
            hashKeys,
            Configured.tokenIssuer(config),
            stores.events(),
            random,
            clock);
    this.keys = access.keys();
    BatchParts batches =
        new BatchParts(
            stores.accounts(),
            stores.batches(),
            intake,
            stores.invitations(),
            stores.gates(),
            stores.events(),
            hasher,
            new RequestHasher(hashKeys),
            random,
            clock,
            telemetry);
    this.webDoor =
        new WebDoor(
            new ApiParts(
                    URI.create(config.text(ConfigKey.PUBLIC_URL)),
                    new Unsubscribe(stores.invitations(), suppressed, clock),
                    files,
                    platform.tickets(),
                    answers,
                    signatures,
                    keys,
                    hasher,
                    clock,
                    configuration,
                    operations.within(ApiParts.PATIENCE),
                    dispatch.pause(),
                    erasure.telling(files.importFiles().withoutChunks(ApiParts.MOST_IMPORTS)),
                    new SuppressionList(
                        stores.suppressions(), stores.erasures(), hasher, stores.events(), clock),
                    new DispatchPreview(URI.create(config.text(ConfigKey.PUBLIC_URL)), signatures),
                    new TestSend(
                        stores.accounts(),
                        intake,
                        stores.invitations(),
                        stores.events(),
                        random,
                        clock,
                        platform::pause),
                    batches)
                .routes(),
            access.gatekeeper(),
            new Cors(config.words(ConfigKey.CORS_ORIGINS)),
            telemetry.meter(),
            config.text(ConfigKey.PUBLIC_URL).startsWith("https://"));
  }

  /** The account of a chunk or an import; empty when nothing is known of it. */
  String accountOf(Hint hint) {
    String id =
        hint.kind() == Hint.Kind.CHUNK
            ? stores.imports().chunk(hint.id()).map(Chunk::importId).orElse("")
            : hint.id();
    return stores.imports().find(id).map(Import::account).orElse("");
  }

  @Override
  public void close() {
    vendors.close();
    connection.close();
    platform.close();
  }
}
