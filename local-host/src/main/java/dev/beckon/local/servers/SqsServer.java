package dev.beckon.local.servers;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** An SQS stand-in (ElasticMQ) on loopback; any credentials do. Thread-safe; nothing is kept. */
public final class SqsServer implements AutoCloseable {

  /** The region that clients and queue ARNs name. */
  public static final String REGION = "eu-west-1";

  /** AWS's own default for a dead-letter policy; the design's number of receives. */
  public static final int MAX_RECEIVES = 10;

  private static final String ACCOUNT = "000000000000";

  private final SQSRestServer server;
  private final int port;
  private final SqsClient client;

  private SqsServer(SQSRestServer server) {
    this.server = server;
    this.port = server.waitUntilStarted().localAddress().getPort();
    this.client = newClient();
  }

  /**
   * Two queues made together.
   *
   * @param deadLetterUrl where a message goes on the receive after the last one allowed
   */
  public record QueuePair(String url, String arn, String deadLetterUrl, String deadLetterArn) {}

  /** On a free port of loopback. */
  public static SqsServer start() {
    return start(0);
  }

  /**
   * Returns once requests are answered.
   *
   * @param port of loopback; 0 takes a free one
   */
  public static SqsServer start(int port) {
    return new SqsServer(
        SQSRestServerBuilder.withPort(port)
            .withInterface("127.0.0.1")
            .withAWSRegion(REGION)
            .withAWSAccountId(ACCOUNT)
            .start());
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** A client of this server, closed with it. */
  public SqsClient client() {
    return client;
  }

  /** A client of its own, for the caller to close. */
  public SqsClient newClient() {
    return clientFor(endpoint());
  }

  /** A client of the server at an address, for another process; the caller closes it. */
  public static SqsClient clientFor(URI endpoint) {
    return SqsClient.builder()
        .endpointOverride(endpoint)
        .region(Region.of(REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .httpClientBuilder(Apache5HttpClient.builder().maxConnections(64))
        .build();
  }

  /** Makes a queue with its dead-letter queue, as the infrastructure declares them. */
  public QueuePair createQueue(String name, Duration visibility) {
    return createQueue(name, visibility, MAX_RECEIVES);
  }

  /**
   * Makes a queue and {@code <name>-dead}; harmless when both exist alike.
   *
   * @param visibility whole seconds, 12 h at most
   * @param maxReceives how often a message is given out before it moves to the dead-letter queue
   */
  public QueuePair createQueue(String name, Duration visibility, int maxReceives) {
    String deadUrl = create(name + "-dead", Map.of());
    String deadArn = arn(deadUrl);
    String url =
        create(
            name,
            Map.of(
                QueueAttributeName.VISIBILITY_TIMEOUT,
                Long.toString(visibility.toSeconds()),
                QueueAttributeName.REDRIVE_POLICY,
                "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%d}"
                    .formatted(deadArn, maxReceives)));
    return new QueuePair(url, arn(url), deadUrl, deadArn);
  }

  /** Messages ready, in flight and delayed; approximate, as the name of the attribute says. */
  public int depth(String queueUrl) {
    return client
        .getQueueAttributes(request ->
            request
                .queueUrl(queueUrl)
                .attributeNames(
                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
        .attributes()
        .values()
        .stream()
        .mapToInt(Integer::parseInt)
        .sum();
  }

  private String create(String name, Map<QueueAttributeName, String> attributes) {
    return client.createQueue(request -> request.queueName(name).attributes(attributes)).queueUrl();
  }

  private String arn(String url) {
    return "arn:aws:sqs:%s:%s:%s"
        .formatted(REGION, ACCOUNT, url.substring(url.lastIndexOf('/') + 1));
  }

  @Override
  public void close() {
    client.close();
    server.stopAndWait();
  }
}
