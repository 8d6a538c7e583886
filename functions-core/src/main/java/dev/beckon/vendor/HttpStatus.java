package dev.beckon.vendor;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** What an HTTP status says about a send request, unless the vendor documents otherwise. */
public final class HttpStatus {

  /** Longer waits are the vendor's mistake or an attack on our queue. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private HttpStatus() {}

  /**
   * The code of a status (<a href="https://www.rfc-editor.org/rfc/rfc9110#section-15">RFC 9110
   * §15</a>). A 2xx alone proves nothing: the vendor reads its body, and what it does not recognise
   * stays unclear. Codes that blame the address of the request (404, 405, 410, redirects we do not
   * follow) blame our configuration: a wrong URL must not cost recipients.
   */
  public static SendCode code(int status) {
    return switch (status) {
      case 400, 411, 413, 414, 415, 422, 431 -> SendCode.BAD_CONTENT;
      case 301, 302, 307, 308 -> SendCode.BAD_CONFIGURATION;
      case 401, 402, 403, 404, 405, 406, 407, 410, 426, 501, 505 -> SendCode.BAD_CONFIGURATION;
      case 429 -> SendCode.THROTTLED;
      // 421 and 425 (RFC 8470) promise that the request was not processed
      case 408, 421, 425, 500, 503 -> SendCode.UNAVAILABLE;
      // a gateway lost sight of the server: the request may have reached it
      case 502, 504 -> SendCode.NO_REPLY;
      default -> SendCode.UNCLEAR_REPLY;
    };
  }

  /**
   * Reads {@code Retry-After}: whole seconds or an HTTP-date (<a
   * href="https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3">RFC 9110 §10.2.3</a>).
   *
   * @return between zero and one day; empty when the text is neither
   */
  public static Optional<Duration> retryAfter(String text, Instant now) {
    String value = text.strip();
    if (value.length() <= 18 && !value.isEmpty() && value.chars().allMatch(HttpStatus::isDigit)) {
      return Optional.of(bounded(Duration.ofSeconds(Long.parseLong(value))));
    }
    try {
      ZonedDateTime at = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
      return Optional.of(bounded(Duration.between(now, at.toInstant())));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }

  private static Duration bounded(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }
}
