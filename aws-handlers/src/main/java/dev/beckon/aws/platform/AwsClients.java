package dev.beckon.aws.platform;

import dev.beckon.s3.ClientDefaults;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.KmsClientBuilder;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/** Builds the SDK's clients, each as patient as the one that waits for it. */
final class AwsClients {
  private AwsClients() {}

  /** A hint is small: a call that takes seconds is lost, and Sweep makes up for it. */
  static SqsClientBuilder sqs(Optional<URI> endpoint) {
    return ClientDefaults.bounded(
        SqsClient.builder(), endpoint, Duration.ofSeconds(10), Duration.ofSeconds(5));
  }

  /** A secret is asked for while somebody waits for a vendor to be built. */
  static SecretsManagerClientBuilder secrets(Optional<URI> endpoint) {
    return ClientDefaults.bounded(
        SecretsManagerClient.builder(), endpoint, Duration.ofSeconds(8), Duration.ofSeconds(3));
  }

  /** A day key is unwrapped while rows wait to be sent. */
  static KmsClientBuilder kms(Optional<URI> endpoint) {
    return ClientDefaults.bounded(
        KmsClient.builder(), endpoint, Duration.ofSeconds(8), Duration.ofSeconds(3));
  }
}
