package dev.beckon.aws.platform;

import dev.beckon.account.SecretSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/**
 * Secrets from AWS Secrets Manager: {@code secret://mail} is the text stored as {@code
 * <prefix>mail}. Thread-safe.
 */
final class AwsSecrets implements SecretSource {
  private final SecretsManagerClient client;
  private final String prefix;

  /**
   * @param prefix stands before every name, such as {@code beckon-prod/}; may be empty
   */
  AwsSecrets(SecretsManagerClient client, String prefix) {
    this.client = client;
    this.prefix = prefix;
  }

  @Override
  public Answer ask(String asked) {
    String name = prefix + asked;
    try {
      return SecretSource.of(
          client.getSecretValue(request -> request.secretId(name)).secretString(),
          place(name, "holds no text there"));
    } catch (ResourceNotFoundException e) {
      return new Missing(place(name, "is not there, or has no value yet"));
    } catch (InvalidRequestException e) {
      return new Missing(place(name, "is marked for deletion: restore it"));
    } catch (SdkException e) {
      return new Unreachable(why(name, e), e);
    }
  }

  private static String place(String name, String how) {
    return "AWS Secrets Manager (" + name + " " + how + ")";
  }

  private static String why(String name, SdkException e) {
    if (e instanceof SecretsManagerException answered) {
      String code = AwsErrors.code(answered);
      if (AwsErrors.isDenied(answered) || code.equals("DecryptionFailure")) {
        return "AWS Secrets Manager does not let us read "
            + name
            + " ("
            + code
            + "): the function's role needs secretsmanager:GetSecretValue on it, and kms:Decrypt"
            + " where it is encrypted with a key of yours";
      }
      if (answered.isThrottlingException()) {
        return "AWS Secrets Manager is asked too often (" + code + ")";
      }
      return "AWS Secrets Manager failed at " + name + " (" + code + ")";
    }
    return "AWS Secrets Manager cannot be reached, or there are no AWS credentials ("
        + e.getClass().getSimpleName()
        + ")";
  }
}
