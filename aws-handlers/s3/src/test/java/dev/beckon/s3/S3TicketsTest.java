package dev.beckon.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.filedrop.ObjectStore;
import dev.beckon.filedrop.ObjectTickets;
import dev.beckon.filedrop.ObjectTickets.Upload;
import dev.beckon.filedrop.ObjectTicketsContract;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

class S3TicketsTest extends ObjectTicketsContract {
  /** The example of https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-post-example.html. */
  private static final String POLICY =
      """
      { "expiration": "2015-12-30T12:00:00.000Z",
        "conditions": [
          {"bucket": "sigv4examplebucket"},
          ["starts-with", "$key", "user/user1/"],
          {"acl": "public-read"},
          {"success_action_redirect": "http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html"},
          ["starts-with", "$Content-Type", "image/"],
          {"x-amz-meta-uuid": "14365123651274"},
          {"x-amz-server-side-encryption": "AES256"},
          ["starts-with", "$x-amz-meta-tag", ""],

          {"x-amz-credential": "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request"},
          {"x-amz-algorithm": "AWS4-HMAC-SHA256"},
          {"x-amz-date": "20151229T000000Z" }
        ]
      }\
      """
          .replace("\n", "\r\n");

  private static LocalS3 server;
  private static S3Client client;
  private static int buckets;
  private String bucket;

  @BeforeAll
  static void start() throws Exception {
    server = new LocalS3();
    client = LocalS3.client(server.port());
  }

  @AfterAll
  static void stop() throws Exception {
    client.close();
    server.close();
  }

  @BeforeEach
  void createBucket() {
    bucket = "tickets-" + buckets++;
    client.createBucket(request -> request.bucket(bucket));
  }

  @Override
  protected ObjectStore store() {
    return new S3ObjectStore(client, bucket);
  }

  @Override
  protected ObjectTickets tickets(Clock clock) {
    return new S3Tickets(client, bucket, clock);
  }

  private Upload upload(long mostBytes) {
    return tickets(Clock.systemUTC())
        .upload("stays/incoming/a.csv", mostBytes, Duration.ofHours(1));
  }

  private static Upload with(Upload upload, String field, String value) {
    Map<String, String> fields = new HashMap<>(upload.fields());
    fields.put(field, value);
    return new Upload(
        upload.method(), upload.url(), fields, Map.of(), upload.expiresAt(), upload.mostBytes());
  }

  @Override
  protected Upload bent(Upload upload, String key) {
    return with(upload, "key", key);
  }

  @Override
  protected URI bent(URI download, String key) {
    return URI.create(download.toString().replace(download.getRawPath(), "/" + bucket + "/" + key));
  }

  @Test
  void signature_awsExample_isTheDocumented() {
    assertThat(
            PostPolicy.signature(
                "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                "20151229",
                "us-east-1",
                Base64.getEncoder().encodeToString(POLICY.getBytes(UTF_8))))
        .isEqualTo("8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e");
  }

  @Test
  void upload_policyAltered_isRefused() throws Exception {
    Upload upload = upload(3);
    String policy = new String(Base64.getDecoder().decode(upload.fields().get("policy")), UTF_8);
    assertThat(policy).contains("[\"content-length-range\",1,3]");
    String wider =
        Base64.getEncoder().encodeToString(policy.replace("1,3]", "1,300]").getBytes(UTF_8));

    assertThat(send(with(upload, "policy", wider), "name\nAda\n".getBytes(UTF_8))).isFalse();

    assertThat(store().info("stays/incoming/a.csv")).isEmpty();
  }

  @Test
  void upload_fieldAddedOrFileEmpty_isRefused() throws Exception {
    assertThat(send(with(upload(99), "acl", "public-read"), "a".getBytes(UTF_8))).isFalse();
    assertThat(send(upload(99), new byte[0])).isFalse();

    assertThat(store().info("stays/incoming/a.csv")).isEmpty();
  }

  @Test
  void upload_bucketOfAws_isItsOwnAddress_andARolesTokenGoesAlong() {
    try (S3Client aws =
        ClientDefaults.s3(Optional.empty())
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsSessionCredentials.create("id", "key", "tok")))
            .build()) {
      Instant now = Instant.parse("2026-03-05T12:00:00.7Z");
      ObjectTickets tickets =
          new S3Tickets(aws, "drops", Clock.fixed(now, Clock.systemUTC().getZone()));
      Upload upload = tickets.upload("f/incoming/a.csv", 5, Duration.ofMinutes(15));

      assertThat(upload.method()).isEqualTo("POST");
      assertThat(upload.url()).hasToString("https://drops.s3.eu-central-1.amazonaws.com/");
      assertThat(upload.expiresAt()).isEqualTo("2026-03-05T12:15:00Z");
      assertThat(upload.fields())
          .containsEntry("x-amz-security-token", "tok")
          .containsEntry("x-amz-credential", "id/20260305/eu-central-1/s3/aws4_request")
          .containsEntry("x-amz-date", "20260305T120000Z");
      assertThat(new String(Base64.getDecoder().decode(upload.fields().get("policy")), UTF_8))
          .isEqualTo(
              "{\"expiration\":\"2026-03-05T12:15:00.000Z\",\"conditions\":[{\"bucket\":\"drops\"},"
                  + "{\"key\":\"f/incoming/a.csv\"},{\"x-amz-algorithm\":\"AWS4-HMAC-SHA256\"},"
                  + "{\"x-amz-credential\":\"id/20260305/eu-central-1/s3/aws4_request\"},"
                  + "{\"x-amz-date\":\"20260305T120000Z\"},{\"x-amz-security-token\":\"tok\"},"
                  + "[\"content-length-range\",1,5]]}");
      assertThat(tickets.download("f/rejected/ä.csv", "a.csv", Duration.ofMinutes(5)).toString())
          .startsWith("https://drops.s3.eu-central-1.amazonaws.com/f/rejected/%C3%A4.csv?")
          .contains(
              "X-Amz-Expires=300", "X-Amz-Security-Token=tok", "response-content-disposition=");
    }
  }
}
