package dev.beckon.aws.platform;

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
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.KmsClientBuilder;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/**
 * Builds the SDK's clients: standard retries, every wait bounded, region and credentials by the
 * SDK's default chains.
 */
final class AwsClients {
  private static final Duration CONNECT = Duration.ofSeconds(3);

  private AwsClients() {}

  /** A hint is small: a call that takes seconds is lost, and Sweep makes up for it. */
  static SqsClientBuilder sqs(Optional<URI> endpoint) {
    return configure(SqsClient.builder(), endpoint, Duration.ofSeconds(10), Duration.ofSeconds(5));
  }

  /** Parts of 8 MiB go up, and copies of 512 MiB are answered only when they are made. */
  static S3ClientBuilder s3(Optional<URI> endpoint) {
    return configure(S3Client.builder(), endpoint, Duration.ofMinutes(3), Duration.ofSeconds(60))
        .forcePathStyle(endpoint.isPresent());
  }

  /** A secret is asked for while somebody waits for a vendor to be built. */
  static SecretsManagerClientBuilder secrets(Optional<URI> endpoint) {
    return configure(
        SecretsManagerClient.builder(), endpoint, Duration.ofSeconds(8), Duration.ofSeconds(3));
  }

  /** A day key is unwrapped while rows wait to be sent. */
  static KmsClientBuilder kms(Optional<URI> endpoint) {
    return configure(KmsClient.builder(), endpoint, Duration.ofSeconds(8), Duration.ofSeconds(3));
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

  private static <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B configure(
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
}
