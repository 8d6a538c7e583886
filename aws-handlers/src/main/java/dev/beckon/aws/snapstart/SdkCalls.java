package dev.beckon.aws.snapstart;

import java.net.URI;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** The AWS calls we make, signed with credentials of nobody and answered without a network. */
final class SdkCalls {
  private static final AwsCredentialsProvider NOBODY =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("nobody", "nothing"));

  /** Never reached: where a request would go, which names no service of AWS. */
  private static final URI NOWHERE = URI.create("https://aws.example");

  private SdkCalls() {}

  static void play() {
    Apache5HttpClient.builder().build().close();
    try (SdkHttpClient empty = new CannedHttp("", "");
        S3Client s3 =
            S3Client.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(NOWHERE)
                .credentialsProvider(NOBODY)
                .httpClient(empty)
                .build()) {
      s3.headObject(request -> request.bucket("none").key("none"));
      s3.putObject(request -> request.bucket("none").key("none"), RequestBody.fromString("none"));
      s3.getObjectAsBytes(request -> request.bucket("none").key("none"));
      s3.deleteObject(request -> request.bucket("none").key("none"));
    }
    try (SdkHttpClient json = new CannedHttp("application/x-amz-json-1.0", "{}");
        SqsClient sqs =
            SqsClient.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(NOWHERE)
                .credentialsProvider(NOBODY)
                .checksumValidationEnabled(false)
                .httpClient(json)
                .build();
        SecretsManagerClient secrets =
            SecretsManagerClient.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(NOWHERE)
                .credentialsProvider(NOBODY)
                .httpClient(json)
                .build();
        KmsClient kms =
            KmsClient.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(NOWHERE)
                .credentialsProvider(NOBODY)
                .httpClient(json)
                .build()) {
      sqs.sendMessageBatch(request ->
          request
              .queueUrl("https://aws.example/none")
              .entries(
                  List.of(
                      SendMessageBatchRequestEntry.builder().id("1").messageBody("none").build())));
      secrets.getSecretValue(request -> request.secretId("none"));
      kms.decrypt(request -> request.keyId("none"));
    }
  }
}
