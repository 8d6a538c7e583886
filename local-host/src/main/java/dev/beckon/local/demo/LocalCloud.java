package dev.beckon.local.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.api.RawRequest;
import dev.beckon.api.WebReply;
import dev.beckon.app.Application;
import dev.beckon.aws.platform.AwsPlatform;
import dev.beckon.config.ConfigKey;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.filedrop.ObjectStore;
import dev.beckon.local.Parts;
import dev.beckon.local.servers.EmbeddedMongo;
import dev.beckon.local.servers.MessageBirdServer;
import dev.beckon.local.servers.S3Server;
import dev.beckon.local.servers.SimulatorSink;
import dev.beckon.local.servers.SmtpSink;
import dev.beckon.local.servers.SparkPostServer;
import dev.beckon.local.servers.SqsServer;
import dev.beckon.local.servers.SqsServer.QueuePair;
import dev.beckon.local.worker.WorkerSettings;
import dev.beckon.vendors.Vendors;
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
 * Every server the module needs, embedded in this process on loopback: MongoDB, SQS, S3, the far
 * ends of all vendors and the HTTP door. Workers run in other processes and are given {@link
 * #workerEnvironment}.
 */
public final class LocalCloud implements AutoCloseable {
  private static final String BUCKET = "beckon-local";

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
  private final WorkerSettings worker;
  private final AwsPlatform platform;
  private final Application application;

  /**
   * What a local cloud is started with.
   *
   * @param folder where kept mails and the local secrets lie
   * @param fail share of recipients refused for good
   * @param throttle share of recipients turned away the first time
   */
  public record Options(
      Path folder,
      double fail,
      double throttle,
      Duration latency,
      Duration functionTimeout,
      int environments) {}

  private LocalCloud(Options options) throws IOException {
    EmbeddedMongo mongo = parts.keep(EmbeddedMongo.start());
    SqsServer sqs = parts.keep(SqsServer.start());
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
    Duration visibility = options.functionTimeout().multipliedBy(6);
    QueuePair files = sqs.createQueue("beckon-files", visibility);
    this.worker =
        new WorkerSettings(
            sqs.endpoint(),
            files,
            sqs.createQueue("beckon-chunks", visibility),
            sqs.createQueue("beckon-priority", visibility),
            sqs.createQueue("beckon-bulk", visibility),
            options.functionTimeout(),
            Duration.ofSeconds(2),
            options.environments(),
            WorkerSettings.LONGEST_REDELIVERY);
    S3Server s3 =
        parts.keep(
            S3Server.start(
                S3Server.Options.inMemory(event ->
                    sqs.client().sendMessage(m -> m.queueUrl(files.url()).messageBody(event)))));
    s3.createBucket(BUCKET);
    this.environment = environment(mongo, sqs, s3, written(secrets, options.folder()));
    RuntimeConfig config = RuntimeConfig.of(environment);
    // The SDK's default chain finds them in the environment of workers and in properties here.
    System.setProperty("aws.accessKeyId", S3Server.ACCESS_KEY);
    System.setProperty("aws.secretAccessKey", S3Server.SECRET_KEY);
    System.setProperty("aws.region", SqsServer.REGION);
    this.platform = new AwsPlatform(config);
    this.application = parts.keep(Application.start(config, platform, Vendors.catalog()));
    application.migrate();
    door.opens(application.webDoor()::answer);
  }

  /** Starts all servers. */
  public static LocalCloud start(Options options) throws IOException {
    return new LocalCloud(options);
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

  public WorkerSettings worker() {
    return worker;
  }

  /** The environment variables that handlers read. */
  public Map<String, String> workerEnvironment() {
    return environment;
  }

  /** Has requests at {@link #publicUrl} answered by others than the core in this process. */
  public void opensDoor(Function<RawRequest, WebReply> answering) {
    door.opens(answering);
  }

  /** Where the HTTP door answers. */
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

  private Map<String, String> environment(
      EmbeddedMongo mongo, SqsServer sqs, S3Server s3, Path secrets) {
    Map<String, String> variables = new HashMap<>();
    variables.put(ConfigKey.MONGO_URI.variable(), mongo.connectionString());
    variables.put(ConfigKey.BUCKET.variable(), BUCKET);
    variables.put(ConfigKey.FILES_QUEUE.variable(), worker.files().url());
    variables.put(ConfigKey.CHUNK_QUEUE.variable(), worker.chunks().url());
    variables.put(ConfigKey.PRIORITY_QUEUE.variable(), worker.priority().url());
    variables.put(ConfigKey.BULK_QUEUE.variable(), worker.bulk().url());
    variables.put(ConfigKey.PUBLIC_URL.variable(), door.url().toString());
    variables.put(ConfigKey.SECRETS.variable(), "file:" + secrets.toAbsolutePath());
    variables.put(ConfigKey.SQS_ENDPOINT.variable(), sqs.endpoint().toString());
    variables.put(ConfigKey.S3_ENDPOINT.variable(), s3.endpoint().toString());
    variables.put(ConfigKey.ACCOUNT_CACHE.variable(), "PT1S");
    variables.put("AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY);
    variables.put("AWS_SECRET_ACCESS_KEY", S3Server.SECRET_KEY);
    variables.put("AWS_REGION", SqsServer.REGION);
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
