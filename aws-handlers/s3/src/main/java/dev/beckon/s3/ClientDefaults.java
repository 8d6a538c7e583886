package dev.beckon.s3;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * How clients of AWS's SDK are built here: standard retries, every wait bounded, region and
 * credentials by the SDK's default chains unless the caller names them.
 */
public final class ClientDefaults {
  private static final Duration CONNECT = Duration.ofSeconds(3);

  private ClientDefaults() {}

  /** Parts of 8 MiB go up, and copies of 512 MiB are answered only when they are made. */
  public static S3ClientBuilder s3(Optional<URI> endpoint) {
    return bounded(S3Client.builder(), endpoint, Duration.ofMinutes(3), Duration.ofSeconds(60))
        .forcePathStyle(endpoint.isPresent());
  }

  /**
   * Bounds a client's waits.
   *
   * @param endpoint of a server other than AWS's own
   * @param call the longest a call may take, retries included
   * @param attempt the longest one try of it may take
   */
  public static <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B bounded(
      B builder, Optional<URI> endpoint, Duration call, Duration attempt) {
    return region(builder, endpoint)
        .httpClientBuilder(
            Apache5HttpClient.builder().connectionTimeout(CONNECT).socketTimeout(attempt))
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .retryStrategy(RetryMode.STANDARD)
                .apiCallTimeout(call)
                .apiCallAttemptTimeout(attempt)
                .build());
  }

  private static <B extends AwsClientBuilder<B, ?>> B region(B builder, Optional<URI> endpoint) {
    if (endpoint.isEmpty()) {
      return builder; // the default chain, which fails with a message of its own
    }
    Region region;
    try {
      // without the instance metadata service: there is none beside a server of one's own
      region =
          new AwsRegionProviderChain(
                  new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())
              .getRegion();
    } catch (SdkClientException e) {
      region = Region.US_EAST_1;
    }
    return builder.region(region).endpointOverride(endpoint.get());
  }
}
