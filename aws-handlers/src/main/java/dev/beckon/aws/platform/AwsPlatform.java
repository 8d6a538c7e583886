package dev.beckon.aws.platform;

import dev.beckon.account.CachedSecrets;
import dev.beckon.account.FileSecrets;
import dev.beckon.account.Secrets;
import dev.beckon.app.EntryPoint;
import dev.beckon.app.Platform;
import dev.beckon.aws.telemetry.AwsTelemetry;
import dev.beckon.config.ConfigKey;
import dev.beckon.config.ConfigurationException;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.config.ShiftedClock;
import dev.beckon.filedrop.ObjectStore;
import dev.beckon.filedrop.ObjectTickets;
import dev.beckon.parcel.WorkQueue;
import dev.beckon.privacy.KeyWrapper;
import dev.beckon.s3.ClientDefaults;
import dev.beckon.s3.S3ObjectStore;
import dev.beckon.s3.S3Tickets;
import dev.beckon.telemetry.Telemetry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** Beckon's platform on AWS: SQS, S3, and one client of each per process. Thread-safe. */
public final class AwsPlatform implements Platform {
  private static final String FILE = "file:";
  private static final String AWS = "aws:";
  private static final String KMS = "kms";

  private final Clock clock;
  private final Telemetry telemetry;
  private final Secrets secrets;
  private final SqsClient sqs;
  private final S3Client s3;
  private final List<SdkAutoCloseable> closing = new ArrayList<>();
  private final ObjectStore objects;
  private final ObjectTickets tickets;
  private final Map<EntryPoint, WorkQueue> queues = new EnumMap<>(EntryPoint.class);

  /**
   * Builds the clients; opens no connection yet.
   *
   * @throws ConfigurationException when a value means nothing on AWS
   */
  public AwsPlatform(RuntimeConfig config) {
    clock = ShiftedClock.of(config);
    telemetry = AwsTelemetry.of(config, clock);
    secrets = secrets(config.text(ConfigKey.SECRETS));
    sqs = AwsClients.sqs(config.endpoint(ConfigKey.SQS_ENDPOINT)).build();
    closing.add(sqs);
    s3 = ClientDefaults.s3(config.endpoint(ConfigKey.S3_ENDPOINT)).build();
    closing.add(s3);
    objects = new S3ObjectStore(s3, config.text(ConfigKey.BUCKET));
    tickets = new S3Tickets(s3, config.text(ConfigKey.BUCKET), Clock.systemUTC());
    EntryPoint.queues()
        .forEach((target, key) -> queues.put(target, new SqsWorkQueue(sqs, config.text(key))));
  }

  private Secrets secrets(String where) {
    if (where.startsWith(FILE) && where.length() > FILE.length()) {
      return new FileSecrets(Path.of(where.substring(FILE.length())), clock);
    }
    if (where.startsWith(AWS)) {
      SecretsManagerClient client = AwsClients.secrets(Optional.empty()).build();
      closing.add(client);
      return new CachedSecrets(new AwsSecrets(client, where.substring(AWS.length())), clock);
    }
    throw new ConfigurationException(
        List.of(
            ConfigKey.SECRETS.variable()
                + " must be file:<path> of a JSON file, or aws:<prefix> of names in AWS Secrets Manager"));
  }

  @Override
  public ObjectStore objects() {
    return objects;
  }

  /** By the real time, whatever this process takes for the time. */
  @Override
  public Optional<ObjectTickets> tickets() {
    return Optional.of(tickets);
  }

  @Override
  public WorkQueue queue(EntryPoint target) {
    WorkQueue queue = queues.get(target);
    if (queue == null) {
      throw new IllegalArgumentException("no queue feeds " + target);
    }
    return queue;
  }

  /** For a host that polls queues itself; closed with this platform. */
  public SqsClient sqs() {
    return sqs;
  }

  /** For a host that looks at the bucket itself; closed with this platform. */
  public S3Client s3() {
    return s3;
  }

  @Override
  public Secrets secrets() {
    return secrets;
  }

  @Override
  public KeyWrapper masterKey(URI reference) {
    if (!KMS.equals(reference.getScheme())) {
      return Platform.super.masterKey(reference);
    }
    String arn = reference.getSchemeSpecificPart();
    KmsClient kms =
        AwsClients.kms(Optional.empty())
            .region(Region.of(Arn.fromString(arn).region().orElseThrow()))
            .build();
    closing.add(kms);
    return new KmsKeys(kms, arn, clock);
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Telemetry telemetry() {
    return telemetry;
  }

  @Override
  public void close() {
    closing.forEach(SdkAutoCloseable::close);
    telemetry.close();
  }
}
