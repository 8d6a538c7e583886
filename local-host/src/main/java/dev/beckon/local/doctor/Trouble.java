package dev.beckon.local.doctor;

import dev.beckon.account.SecretMissingException;
import dev.beckon.account.SecretUnreachableException;
import dev.beckon.check.Finding;
import dev.beckon.config.ConfigurationException;
import dev.beckon.privacy.Failures;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What a check's failure means. Messages of clients repeat URLs and documents: kinds are told. */
final class Trouble {
  private Trouble() {}

  static Finding of(Throwable failure) {
    return switch (failure) {
      case AwsServiceException refused -> refused(refused);
      case SdkClientException none ->
          Finding.wrong(
              "no answer from AWS, or nothing to show it: " + none.getClass().getSimpleName(),
              "give credentials (aws sso login, AWS_PROFILE) and AWS_REGION, and check the network");
      case SecretMissingException missing ->
          Finding.wrong(String.valueOf(missing.getMessage()), "store the secret");
      case SecretUnreachableException unreachable ->
          Finding.wrong(
              String.valueOf(unreachable.getMessage()),
              "give credentials that may read it, and check the network");
      case ConfigurationException configuration ->
          Finding.wrong(String.join("; ", configuration.problems()), "correct the variable");
      default ->
          Finding.wrong(
              "the check failed: " + Failures.tell(failure),
              "mend what it names, then run it again");
    };
  }

  private static Finding refused(AwsServiceException refused) {
    String code =
        refused.awsErrorDetails() == null
            ? "HTTP " + refused.statusCode()
            : refused.awsErrorDetails().errorCode();
    boolean denied = refused.statusCode() == 403 || "AccessDenied".equals(code);
    return Finding.wrong(
        "AWS refuses: " + code,
        denied
            ? "give whoever runs this the operator's policy of docs/deploy-aws.md"
            : "look the code up in the service's list of errors");
  }
}
