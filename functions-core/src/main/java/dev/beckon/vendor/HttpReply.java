package dev.beckon.vendor;

import java.net.http.HttpHeaders;
import java.time.Instant;

/**
 * An answer of any status.
 *
 * @param body as UTF-8, with our secrets masked and cut at the client's limit; empty when the
 *     answer broke off
 * @param complete whether the body is all there: an answer cut short proves no acceptance
 */
public record HttpReply(int status, HttpHeaders headers, String body, boolean complete)
    implements HttpOutcome {

  /** Whether the vendor should read the body for its own words of acceptance. */
  public boolean isSuccess() {
    return status >= 200 && status < 300 && complete;
  }

  /**
   * The result shared by every message of the request, by {@link HttpStatus#code}.
   *
   * @param now what an HTTP-date in {@code Retry-After} is measured against
   */
  public SendResult result(Instant now) {
    SendResult result =
        SendResult.of(HttpStatus.code(status), ("HTTP " + status + ": " + body).strip());
    if (result.code().verdict() != Verdict.RETRY) {
      return result;
    }
    return headers
        .firstValue("Retry-After")
        .flatMap(text -> HttpStatus.retryAfter(text, now))
        .map(result::retryAfter)
        .orElse(result);
  }

  /** Status and length only: bodies may repeat addresses. */
  @Override
  public String toString() {
    return "HttpReply[" + status + ", " + body.length() + " characters]";
  }
}
