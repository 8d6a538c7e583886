package dev.beckon.s3;

import dev.beckon.account.Secrets;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * A bucket and the region it is in, as a configuration outside AWS has to name them: {@code
 * s3://<bucket>?region=<region>}.
 */
public record S3Location(String bucket, String region) {
  private static final String SCHEME = "s3://";

  /**
   * A bucket's <a
   * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html">name</a>.
   */
  private static final Pattern FORM =
      Pattern.compile(
          "s3://(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\\?region=(?<region>[a-z]{2,}(-[a-z]+)+-[0-9]{1,2})");

  /** Whether a text means a bucket of S3, well written or not. */
  public static boolean isMeant(String text) {
    return text.startsWith(SCHEME);
  }

  /**
   * Reads the text.
   *
   * @throws IllegalArgumentException saying how it is written
   */
  public static S3Location parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("is not s3://<bucket>?region=<region>");
    }
    return new S3Location(matcher.group("bucket"), matcher.group("region"));
  }

  /**
   * A client that signs with an access key from a secret; opens no connection yet.
   *
   * @param endpoint of a server other than AWS's own
   * @param reference of the secret, as {@link SecretCredentials} wants it
   */
  public S3Client client(Optional<URI> endpoint, Secrets secrets, URI reference) {
    S3ClientBuilder builder = ClientDefaults.s3(endpoint);
    ClientOverrideConfiguration defaults = builder.overrideConfiguration();
    SecretCredentials credentials = new SecretCredentials(secrets, reference);
    return builder
        .region(Region.of(region))
        .credentialsProvider(credentials)
        .overrideConfiguration(
            defaults.toBuilder().addExecutionInterceptor(credentials.watch()).build())
        .build();
  }
}
