package dev.beckon.local.servers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The message S3 publishes for one object.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">
 *     Event message structure</a>
 */
final class S3EventJson {

  private S3EventJson() {}

  /**
   * An ObjectCreated event without object version.
   *
   * @param how the last part of the event name: Put, Copy, CompleteMultipartUpload
   * @param key plain Unicode; the event carries it URL-encoded
   * @param size bytes
   * @param sequence rises with each event
   */
  static String created(
      String how, String bucket, String key, long size, @Nullable String eTag, long sequence) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    ObjectNode event = json.objectNode();
    ObjectNode one = event.putArray("Records").addObject();
    one.put("eventVersion", "2.1")
        .put("eventSource", "aws:s3")
        .put("awsRegion", SqsServer.REGION)
        .put("eventTime", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString())
        .put("eventName", "ObjectCreated:" + how);
    one.putObject("userIdentity").put("principalId", "AWS:LOCAL");
    one.putObject("requestParameters").put("sourceIPAddress", "127.0.0.1");
    one.putObject("responseElements")
        .put("x-amz-request-id", "%016X".formatted(sequence))
        .put("x-amz-id-2", "local");
    ObjectNode s3 = one.putObject("s3");
    s3.put("s3SchemaVersion", "1.0").put("configurationId", "beckon-file-drop");
    ObjectNode where = s3.putObject("bucket");
    where.put("name", bucket).put("arn", "arn:aws:s3:::" + bucket);
    where.putObject("ownerIdentity").put("principalId", "LOCAL");
    s3.putObject("object")
        .put("key", encoded(key))
        .put("size", size)
        .put("eTag", eTag == null ? "" : eTag.replace("\"", ""))
        .put("sequencer", "%016X".formatted(sequence));
    return event.toString();
  }

  /** As S3 does: a space becomes {@code +}, UTF-8 is percent-encoded, slashes stay. */
  static String encoded(String key) {
    return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/");
  }
}
