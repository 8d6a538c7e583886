package dev.beckon.local.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.app.Application;
import dev.beckon.app.Platform;
import dev.beckon.config.ConfigKey;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.filedrop.ObjectStore;
import dev.beckon.local.Parts;
import dev.beckon.local.servers.EmbeddedMongo;
import dev.beckon.local.servers.MessageBirdServer;
import dev.beckon.local.servers.SimulatorSink;
import dev.beckon.local.servers.SmtpSink;
import dev.beckon.local.servers.SparkPostServer;
import dev.beckon.vendors.Vendors;
import dev.beckon.web.RawRequest;
import dev.beckon.web.WebReply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

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

  /** Names in the local secrets file of what the far ends want to see. */
  private static final String SPARKPOST_KEY = "sparkpost-key";

  private static final String MESSAGEBIRD_KEY = "messagebird-key";

  private final Parts parts = new Parts();
  private final SmtpSink smtp;
  private final SparkPostServer sparkPost;
  private final MessageBirdServer messageBird;
  private final SimulatorSink simulator;
  private final HttpDoor door;
  private final Map<String, String> environment;
  private final S side;
  private final Platform platform;
  private final Application application;

  /**
   * What a local cloud is started with.
   *
   * @param folder where kept mails and the local secrets lie
   * @param fail share of recipients refused for good
   * @param throttle share of recipients turned away the first time
   */
  public record Options(Path folder, double fail, double throttle, Duration latency) {
    /** Servers that are kind and answer at once. */
    public static Options in(Path folder) {
      return new Options(folder, 0, 0, Duration.ZERO);
    }
  }

  private LocalCloud(Options options, CloudSide.Starter<S> cloud) throws IOException {
    // first: what this machine may be unable to start
    this.side = parts.keep(cloud.start());
    EmbeddedMongo mongo = parts.keep(EmbeddedMongo.start());
    this.smtp =
        parts.keep(
            SmtpSink.start(
                new SmtpSink.Options(
                        0, options.folder().resolve("mails"), MAILS_KEPT, 0, 0, Duration.ZERO, 1)
                    .withFaults(options.fail(), options.throttle(), options.latency())));
    Map<String, String> secrets = secrets();
    this.sparkPost =
        parts.keep(
            SparkPostServer.start(
                new SparkPostServer.Options(
                    Objects.requireNonNull(secrets.get(SPARKPOST_KEY)),
                    BULK_MAILS_KEPT,
                    options.fail(),
                    options.latency(),
                    1)));
    this.messageBird =
        parts.keep(
            MessageBirdServer.start(
                new MessageBirdServer.Options(
                    Objects.requireNonNull(secrets.get(MESSAGEBIRD_KEY)),
                    TEXTS_KEPT,
                    options.fail(),
                    options.throttle(),
                    options.latency(),
                    1)));
    this.simulator = parts.keep(SimulatorSink.start());
    this.door = parts.keep(HttpDoor.start());
    this.environment = environment(mongo, written(secrets, options.folder()));
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

  /** Every server that plays a vendor. */
  List<FarEnd> farEnds() {
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

  private Map<String, String> environment(EmbeddedMongo mongo, Path secrets) {
    Map<String, String> variables = new HashMap<>(side.environment());
    variables.put(ConfigKey.MONGO_URI.variable(), mongo.connectionString());
    variables.put(ConfigKey.PUBLIC_URL.variable(), side.door().orElseGet(door::url).toString());
    variables.put(ConfigKey.SECRETS.variable(), "file:" + secrets.toAbsolutePath());
    variables.put(ConfigKey.ACCOUNT_CACHE.variable(), "PT1S");
    return variables;
  }

  /** Fresh keys for this run. */
  private static Map<String, String> secrets() {
    SecureRandom random = new SecureRandom();
    return Map.of(
        "beckon-master-key",
        key(random),
        "beckon-hash-key",
        key(random),
        SPARKPOST_KEY,
        key(random),
        MESSAGEBIRD_KEY,
        key(random));
  }

  /** A file of secrets that only its owner can read. */
  private static Path written(Map<String, String> secrets, Path folder) throws IOException {
    Path file = folder.resolve("secrets.json");
    Files.createDirectories(folder);
    Files.writeString(file, JsonMapper.builder().build().writeValueAsString(secrets));
    file.toFile().setReadable(false, false);
    file.toFile().setReadable(true, true);
    return file;
  }

  private static String key(SecureRandom random) {
    byte[] key = new byte[32];
    random.nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }

  @Override
  public void close() {
    parts.close();
  }
}
