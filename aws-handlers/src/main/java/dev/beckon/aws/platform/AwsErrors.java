package dev.beckon.aws.platform;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Tells answers of AWS services apart. */
final class AwsErrors {
  private AwsErrors() {}

  /**
   * The service's own code, such as {@code AccessDeniedException}; the status where it sent none.
   */
  static String code(AwsServiceException answer) {
    AwsErrorDetails details = answer.awsErrorDetails();
    String code = details == null ? null : details.errorCode();
    return code == null ? "HTTP " + answer.statusCode() : code;
  }

  /** The service's code, or what kind of failure kept the call from an answer. */
  static String kind(RuntimeException failure) {
    return failure instanceof AwsServiceException answer
        ? code(answer)
        : failure.getClass().getSimpleName();
  }

  /** Whether our credentials were refused, or lack the permission. */
  static boolean isDenied(AwsServiceException answer) {
    return switch (code(answer)) {
      case "AccessDeniedException",
          "AccessDenied",
          "UnrecognizedClientException",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "ExpiredTokenException",
          "NotAuthorized" ->
          true;
      default -> answer.statusCode() == 401 || answer.statusCode() == 403;
    };
  }
}
