package dev.beckon.s3;

import dev.beckon.filedrop.ObjectTickets;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Tickets for one S3 bucket: signed forms to put, of which S3 itself holds key, size and time, and
 * presigned addresses to fetch. They carry the rights of the client's own credentials, and end with
 * those. Thread-safe.
 */
public final class S3Tickets implements ObjectTickets {
  private final S3Client client;
  private final String bucket;
  private final Clock clock;
  private final AwsV4HttpSigner signing = AwsV4HttpSigner.create();

  /**
   * @param clock the real time, by which S3 goes
   */
  public S3Tickets(S3Client client, String bucket, Clock clock) {
    this.client = client;
    this.bucket = bucket;
    this.clock = clock;
  }

  @Override
  public Upload upload(String key, long mostBytes, Duration validFor) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant expires = now.plus(validFor);
    Map<String, String> fields =
        new PostPolicy(bucket, key, mostBytes, expires).fields(signer(), region(), now);
    return new Upload("POST", address(), fields, Map.of(), expires, mostBytes);
  }

  @Override
  public URI download(String key, String fileName, Duration validFor) {
    SdkHttpRequest get =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .uri(URI.create(url(key)))
            .putRawQueryParameter(
                "response-content-disposition", "attachment; filename=\"" + fileName + "\"")
            .build();
    return signing
        .sign(request ->
            request
                .identity(signer())
                .request(get)
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                .putProperty(AwsV4HttpSigner.REGION_NAME, region())
                .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, validFor)
                .putProperty(HttpSigner.SIGNING_CLOCK, clock)
                // as S3 differs from AWS's other services
                .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false))
        .request()
        .getUri();
  }

  /** Where forms are sent: the bucket's own address, or its path on another server. */
  private URI address() {
    String object = url("k");
    String address = object.substring(0, object.length() - "/k".length());
    return URI.create(URI.create(address).getPath().isEmpty() ? address + "/" : address);
  }

  private String url(String key) {
    return client.utilities().getUrl(request -> request.bucket(bucket).key(key)).toString();
  }

  private String region() {
    return client.serviceClientConfiguration().region().id();
  }

  private AwsCredentialsIdentity signer() {
    return client.serviceClientConfiguration().credentialsProvider().resolveIdentity().join();
  }
}
