package dev.beckon.local.cloud;

import dev.beckon.app.Platform;
import dev.beckon.aws.platform.AwsPlatform;
import dev.beckon.config.ConfigKey;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.local.Parts;
import dev.beckon.local.servers.S3Server;
import dev.beckon.local.servers.SqsServer;
import dev.beckon.local.servers.SqsServer.QueuePair;
import dev.beckon.local.worker.WorkerSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** AWS's part of a local run: SQS and S3 on loopback, wired as the stack wires them. */
public final class AwsSide implements CloudSide {
  private static final String BUCKET = "beckon-local";

  private final Parts parts = new Parts();
  private final WorkerSettings worker;
  private final Map<String, String> environment;

  private AwsSide(Duration functionTimeout, int environments, @Nullable Path objects)
      throws IOException {
    SqsServer sqs = parts.keep(SqsServer.start());
    Duration visibility = functionTimeout.multipliedBy(6);
    QueuePair files = sqs.createQueue("beckon-files", visibility);
    this.worker =
        new WorkerSettings(
            sqs.endpoint(),
            files,
            sqs.createQueue("beckon-chunks", visibility),
            sqs.createQueue("beckon-priority", visibility),
            sqs.createQueue("beckon-bulk", visibility),
            functionTimeout,
            Duration.ofSeconds(2),
            environments,
            WorkerSettings.LONGEST_REDELIVERY);
    S3Server s3 =
        parts.keep(
            S3Server.start(
                new S3Server.Options(
                    0,
                    objects,
                    S3Server.Options::isIncoming,
                    event ->
                        sqs.client()
                            .sendMessage(m -> m.queueUrl(files.url()).messageBody(event)))));
    s3.createBucket(BUCKET);
    this.environment = environment(sqs, s3);
  }

  /**
   * Starts the servers.
   *
   * @param functionTimeout of the functions that this cloud's workers run
   * @param environments invocations of each bulk function at once, in every worker
   */
  public static AwsSide start(Duration functionTimeout, int environments) throws IOException {
    return new AwsSide(functionTimeout, environments, null);
  }

  /**
   * The same, with a bucket that stays; messages on its queues are hints and may be lost.
   *
   * @param objects where the bucket's objects lie; null keeps them in memory
   */
  public static AwsSide start(Duration functionTimeout, int environments, @Nullable Path objects)
      throws IOException {
    return new AwsSide(functionTimeout, environments, objects);
  }

  /** What a worker on this cloud polls. */
  public WorkerSettings worker() {
    return worker;
  }

  @Override
  public Optional<URI> door() {
    return Optional.empty();
  }

  @Override
  public Map<String, String> environment() {
    return environment;
  }

  private Map<String, String> environment(SqsServer sqs, S3Server s3) {
    Map<String, String> variables = new HashMap<>();
    variables.put(ConfigKey.BUCKET.variable(), BUCKET);
    variables.put(ConfigKey.FILES_QUEUE.variable(), worker.files().url());
    variables.put(ConfigKey.CHUNK_QUEUE.variable(), worker.chunks().url());
    variables.put(ConfigKey.PRIORITY_QUEUE.variable(), worker.priority().url());
    variables.put(ConfigKey.BULK_QUEUE.variable(), worker.bulk().url());
    variables.put(ConfigKey.SQS_ENDPOINT.variable(), sqs.endpoint().toString());
    variables.put(ConfigKey.S3_ENDPOINT.variable(), s3.endpoint().toString());
    variables.put("AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY);
    variables.put("AWS_SECRET_ACCESS_KEY", S3Server.SECRET_KEY);
    variables.put("AWS_REGION", SqsServer.REGION);
    return variables;
  }

  @Override
  public Platform platform(RuntimeConfig config) {
    // The SDK's default chain finds them in the environment of workers and in properties here.
    System.setProperty("aws.accessKeyId", S3Server.ACCESS_KEY);
    System.setProperty("aws.secretAccessKey", S3Server.SECRET_KEY);
    System.setProperty("aws.region", SqsServer.REGION);
    return new AwsPlatform(config);
  }

  @Override
  public void close() {
    parts.close();
  }
}
