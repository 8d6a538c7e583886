package dev.beckon.s3;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.account.Secrets;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * An access key of AWS from a secret, for where no role can be had: a JSON object with {@code
 * accessKeyId} and {@code secretAccessKey}. Read at every call, so that the next call after a
 * rotation signs with the new one. Thread-safe.
 */
final class SecretCredentials implements AwsCredentialsProvider {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final int FORBIDDEN = 403;

  private final Secrets secrets;
  private final URI reference;

  SecretCredentials(Secrets secrets, URI reference) {
    this.secrets = secrets;
    this.reference = reference;
  }

  /**
   * The key as the secret has it now.
   *
   * @throws SdkClientException naming the secret and what it lacks, never its text
   */
  @Override
  public AwsCredentials resolveCredentials() {
    JsonNode key = read(secrets.resolve(reference).reveal());
    return AwsBasicCredentials.create(text(key, "accessKeyId"), text(key, "secretAccessKey"));
  }

  /** Has the secret read again as soon as S3 refuses what was signed with it. */
  ExecutionInterceptor watch() {
    return new ExecutionInterceptor() {
      @Override
      public void afterTransmission(
          Context.AfterTransmission answered, ExecutionAttributes attributes) {
        if (answered.httpResponse().statusCode() == FORBIDDEN) {
          secrets.refresh(reference);
        }
      }
    };
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return JSON.missingNode(); // the parser's own message quotes the secret
    }
  }

  private String text(JsonNode key, String field) {
    String value = key.path(field).asText("").strip();
    if (value.isEmpty()) {
      throw SdkClientException.create(
          reference
              + " has no text '"
              + field
              + "'; write a JSON object with accessKeyId and secretAccessKey");
    }
    return value;
  }
}
