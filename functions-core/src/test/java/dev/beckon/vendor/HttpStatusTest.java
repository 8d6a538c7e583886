package dev.beckon.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpStatusTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "100, UNCLEAR_REPLY",
    "199, UNCLEAR_REPLY",
    "200, UNCLEAR_REPLY",
    "202, UNCLEAR_REPLY",
    "299, UNCLEAR_REPLY",
    "300, UNCLEAR_REPLY",
    "301, BAD_CONFIGURATION",
    "302, BAD_CONFIGURATION",
    "303, UNCLEAR_REPLY",
    "307, BAD_CONFIGURATION",
    "308, BAD_CONFIGURATION",
    "399, UNCLEAR_REPLY",
    "400, BAD_CONTENT",
    "401, BAD_CONFIGURATION",
    "402, BAD_CONFIGURATION",
    "403, BAD_CONFIGURATION",
    "404, BAD_CONFIGURATION",
    "405, BAD_CONFIGURATION",
    "407, BAD_CONFIGURATION",
    "408, UNAVAILABLE",
    "409, UNCLEAR_REPLY",
    "410, BAD_CONFIGURATION",
    "411, BAD_CONTENT",
    "412, UNCLEAR_REPLY",
    "413, BAD_CONTENT",
    "415, BAD_CONTENT",
    "421, UNAVAILABLE",
    "422, BAD_CONTENT",
    "425, UNAVAILABLE",
    "428, UNCLEAR_REPLY",
    "429, THROTTLED",
    "430, UNCLEAR_REPLY",
    "431, BAD_CONTENT",
    "499, UNCLEAR_REPLY",
    "500, UNAVAILABLE",
    "501, BAD_CONFIGURATION",
    "502, NO_REPLY",
    "503, UNAVAILABLE",
    "504, NO_REPLY",
    "505, BAD_CONFIGURATION",
    "506, UNCLEAR_REPLY",
    "599, UNCLEAR_REPLY",
    "600, UNCLEAR_REPLY",
    "0, UNCLEAR_REPLY",
    "-1, UNCLEAR_REPLY"
  })
  void code_status_asTabled(int status, SendCode code) {
    assertThat(HttpStatus.code(status)).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "120, PT2M",
    "0, PT0S",
    "' 5 ', PT5S",
    "999999999, P1D",
    "'Fri, 20 Nov 2026 10:00:30 GMT', PT30S",
    "'Fri, 20 Nov 2026 09:00:00 GMT', PT0S"
  })
  void retryAfter_secondsOrDate_read(String text, Duration wait) {
    assertThat(HttpStatus.retryAfter(text, NOW)).contains(wait);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-5", "1.5", "99999999999999999999", "٣"})
  void retryAfter_neither_empty(String text) {
    assertThat(HttpStatus.retryAfter(text, NOW)).isEmpty();
  }

  @Test
  void code_everyStatus_neverAccepted() {
    for (int status = -1; status < 1000; status++) {
      assertThat(HttpStatus.code(status)).isNotEqualTo(SendCode.ACCEPTED);
    }
  }
}
