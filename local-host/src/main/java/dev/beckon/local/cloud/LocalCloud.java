package dev.beckon.local.cloud;

import dev.beckon.app.Application;
import dev.beckon.app.Platform;
import dev.beckon.config.ConfigKey;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.filedrop.ObjectStore;
import dev.beckon.local.Parts;
import dev.beckon.local.mailbox.Mailbox;
import dev.beckon.local.servers.EmbeddedMongo;
import dev.beckon.local.servers.Kept;
import dev.beckon.local.servers.MessageBirdServer;
import dev.beckon.local.servers.SimulatorSink;
import dev.beckon.local.servers.SmtpSink;
import dev.beckon.local.servers.SparkPostServer;
import dev.beckon.vendors.Vendors;
import dev.beckon.web.RawRequest;
import dev.beckon.web.WebReply;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Every server the module needs, on loopback: MongoDB, the far ends of all vendors, the HTTP door,
 * and the queues and bucket of one cloud. Workers run in other processes and are given {@link
 * #workerEnvironment}.
 *
 * @param <S> the cloud
 */
public final class LocalCloud<S extends CloudSide> implements AutoCloseable {
  /** So many mails are kept whole, for people to look at. */
  private static final int MAILS_KEPT = 1_000;

  private static final int BULK_MAILS_KEPT = 100;
  private static final int TEXTS_KEPT = 250;

  private final Parts parts = new Parts();
  private final SmtpSink smtp;
  private final SparkPostServer sparkPost;
  private final MessageBirdServer messageBird;
  private final SimulatorSink simulator;
  private final Mailbox mailbox;
  private final HttpDoor door;
  private final Map<String, String> environment;
  private final S side;
  private final Platform platform;
  private final Application application;

  /**
   * What a local cloud is started with.
   *
   * @param folder where kept mails and the local secrets lie; secrets that are there stay in use
   * @param fail share of recipients refused for good
   * @param throttle share of recipients turned away the first time
   * @param host the address of this machine on which requests are answered
   * @param store of a server that is there already; null starts one in memory
   * @param kept which messages are kept for people to look at
   * @param variables for the core and its handlers, beside those that are the cloud's own
   */
  public record Options(
      Path folder,
      double fail,
      double throttle,
      Duration latency,
      InetAddress host,
      Ports ports,
      @Nullable String store,
      Kept kept,
      Map<String, String> variables) {
    public Options {
      variables = Map.copyOf(variables);
    }

    /** On free ports of loopback, everything in memory. */
    public Options(Path folder, double fail, double throttle, Duration latency) {
      this(
          folder,
          fail,
          throttle,
          latency,
          InetAddress.getLoopbackAddress(),
          Ports.FREE,
          null,
          Kept.FIRST,
          Map.of());
    }

    /** Servers that are kind and answer at once. */
    public static Options in(Path folder) {
      return new Options(folder, 0, 0, Duration.ZERO);
    }

    private Path mails() {
      return folder.resolve("mails");
    }
  }

  private LocalCloud(Options options, CloudSide.Starter<S> cloud) throws IOException {
    HttpDoor.limits();
    // first: what this machine may be unable to start
    this.side = parts.keep(cloud.start());
    String named = options.store();
    String store = named == null ? parts.keep(EmbeddedMongo.start()).connectionString() : named;
    LocalSecrets secrets = LocalSecrets.in(options.folder());
    Ports ports = options.ports();
    this.smtp =
        parts.keep(
            SmtpSink.start(
                new SmtpSink.Options(
                        ports.smtp(), options.mails(), MAILS_KEPT, 0, 0, Duration.ZERO, 1)
                    .withFaults(options.fail(), options.throttle(), options.latency())
                    .keeping(options.kept())));
    this.sparkPost =
        parts.keep(
            SparkPostServer.start(
                new SparkPostServer.Options(
                    ports.sparkPost(),
                    secrets.get(LocalSecrets.SPARKPOST_KEY),
                    BULK_MAILS_KEPT,
                    options.fail(),
                    options.latency(),
                    1,
                    options.kept())));
    this.messageBird =
        parts.keep(
            MessageBirdServer.start(
                new MessageBirdServer.Options(
                    ports.messageBird(),
                    secrets.get(LocalSecrets.MESSAGEBIRD_KEY),
                    TEXTS_KEPT,
                    options.fail(),
                    options.throttle(),
                    options.latency(),
                    1,
                    options.kept())));
    this.simulator = parts.keep(SimulatorSink.start(ports.simulator()));
    this.mailbox = new Mailbox(options.mails(), sparkPost, messageBird);
    this.door =
        parts.keep(HttpDoor.start(options.host(), side.door().isPresent() ? 0 : ports.door()));
    this.environment = environment(options, store, secrets.file());
    RuntimeConfig config = RuntimeConfig.of(environment);
    this.platform = side.platform(config);
    this.application = parts.keep(Application.start(config, platform, Vendors.catalog()));
    application.migrate();
    door.opens(application.webDoor()::answer);
  }

  /** Starts all servers. */
  public static <S extends CloudSide> LocalCloud<S> start(
      Options options, CloudSide.Starter<S> cloud) throws IOException {
    return new LocalCloud<>(options, cloud);
  }

  /** The core on this cloud, for configuration, figures and the HTTP door. */
  public Application application() {
    return application;
  }

  /** The bucket. */
  public ObjectStore bucket() {
    return platform.objects();
  }

  public SmtpSink smtp() {
    return smtp;
  }

  public SparkPostServer sparkPost() {
    return sparkPost;
  }

  public MessageBirdServer messageBird() {
    return messageBird;
  }

  public SimulatorSink simulator() {
    return simulator;
  }

  /** What the far ends received, to be looked at. */
  public Mailbox mailbox() {
    return mailbox;
  }

  /** Every server that plays a vendor. */
  public List<FarEnd> farEnds() {
    return List.of(
        new FarEnd("smtp", "the SMTP server", "mails", smtp.ledger(), smtp::refused),
        new FarEnd(
            "sparkpost", "SparkPost's stub", "mails", sparkPost.ledger(), sparkPost::refused),
        new FarEnd(
            "messagebird",
            "MessageBird's stub",
            "texts",
            messageBird.ledger(),
            messageBird::refused),
        new FarEnd("simulator", "the simulator", "messages", simulator.ledger(), () -> -1));
  }

  /** What the cloud itself supplies. */
  public S side() {
    return side;
  }

  /** The environment variables that handlers read. */
  public Map<String, String> workerEnvironment() {
    return environment;
  }

  /**
   * Has requests at {@link #publicUrl} answered by others than the core in this process, where the
   * cloud has no door of its own.
   */
  public void opensDoor(Function<RawRequest, WebReply> answering) {
    door.opens(answering);
  }

  /** Where requests are answered. */
  public String publicUrl() {
    return environment.getOrDefault(ConfigKey.PUBLIC_URL.variable(), "");
  }

  /** Values for the placeholders of the sample account. */
  public Map<String, String> placeholders() {
    return Map.of(
        "SMTP_HOST", smtp.host(),
        "SMTP_PORT", Integer.toString(smtp.port()),
        "SPARKPOST_URL", sparkPost.url().toString(),
        "MESSAGEBIRD_URL", messageBird.url().toString(),
        "SIMULATOR_SINK", simulator.url().toString());
  }

  private Map<String, String> environment(Options options, String store, Path secrets) {
    Map<String, String> variables = new HashMap<>(options.variables());
    variables.putAll(side.environment());
    variables.put(ConfigKey.MONGO_URI.variable(), store);
    variables.put(ConfigKey.PUBLIC_URL.variable(), side.door().orElseGet(door::url).toString());
    variables.put(ConfigKey.SECRETS.variable(), "file:" + secrets.toAbsolutePath());
    variables.put(ConfigKey.ACCOUNT_CACHE.variable(), "PT1S");
    return variables;
  }

  @Override
  public void close() {
    // nobody is answered any more before what answers is taken apart
    door.close();
    parts.close();
  }
}
