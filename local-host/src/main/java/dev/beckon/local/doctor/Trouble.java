package dev.beckon.local.doctor;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import com.azure.identity.CredentialUnavailableException;
import dev.beckon.account.SecretMissingException;
import dev.beckon.account.SecretUnreachableException;
import dev.beckon.check.Finding;
import dev.beckon.config.ConfigurationException;
import dev.beckon.privacy.Failures;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What a check's failure means. Messages of clients repeat URLs and documents: kinds are told. */
final class Trouble {
  private static final HttpHeaderName AZURE_CODE = HttpHeaderName.fromString("x-ms-error-code");

  private Trouble() {}

  static Finding of(Throwable failure) {
    return switch (failure) {
      case AwsServiceException refused -> refused(refused);
      case SdkClientException none ->
          Finding.wrong(
              "no answer from AWS, or nothing to show it: " + none.getClass().getSimpleName(),
              "give credentials (aws sso login, AWS_PROFILE) and AWS_REGION, and check the network");
      case CredentialUnavailableException none ->
          Finding.wrong(
              "nothing to show Azure: no managed identity and nobody signed in", "run az login");
      case HttpResponseException refused -> refused(refused);
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

  private static Finding refused(HttpResponseException refused) {
    HttpResponse response = refused.getResponse();
    if (response == null) {
      return Finding.wrong(
          "no answer from Azure: " + refused.getClass().getSimpleName(), "check the network");
    }
    String code = response.getHeaderValue(AZURE_CODE);
    return Finding.wrong(
        "Azure refuses: " + (code == null ? "HTTP " + response.getStatusCode() : code),
        response.getStatusCode() == 403
            ? "give whoever runs this the operator's roles of docs/deploy-azure.md"
            : "look the code up in the service's list of errors");
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
