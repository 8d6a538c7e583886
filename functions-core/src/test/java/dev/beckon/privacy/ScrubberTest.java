package dev.beckon.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScrubberTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          550 ada@example.com unknown          | 550 *** unknown
          <ada.b+c@mail.example.com>: refused  | <***>: refused
          to='ada@example.com',code=5          | to='***',code=5
          zażółć@example.com is odd            | *** is odd
          call +49 (30) 123-456 failed         | call *** failed
          0049.30.123456                       | ***
          code 550 5.1.1 of 12 rows            | code 550 5.1.1 of 12 rows
          """)
  void scrub_personalValues_areReplaced(String text, String expected) {
    assertThat(Scrubber.scrub(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "to ada@example.com",
        "o'hara.canary@example.com",
        "\"ada canary\"@example.com",
        "mailto:canary@[127.0.0.1]",
        "canary@EXAMPLE.COM;canary@example.com",
        "x\ncanary@example.com\r\ny",
      })
  void scrub_addressOfAnyShape_leavesNoCanary(String text) {
    assertThat(Scrubber.scrub(text)).doesNotContain("canary").doesNotContain("ada");
  }

  @Test
  void scrub_controlCharacters_becomeSpaces() {
    assertThat(Scrubber.scrub("a\r\n\u0000b\u001b[31m\tc")).isEqualTo("a b [31m c");
  }

  @Test
  void scrub_longText_isCutToThreeHundred() {
    assertThat(Scrubber.scrub("x".repeat(300))).hasSize(300);
    assertThat(Scrubber.scrub("x".repeat(301))).hasSize(300).endsWith("…");
    assertThat(Scrubber.scrub("x".repeat(1_000_000))).hasSize(300);
  }

  @Test
  void scrub_addressAcrossTheCut_leavesNoPartOfIt() {
    for (int shift = 0; shift < 40; shift++) {
      String text =
          "x".repeat(shift) + " bob@example.com".repeat(70) + " canary@example.com".repeat(20);

      assertThat(Scrubber.scrub(text)).doesNotContain("cana").doesNotContain("bob");
    }
  }
}
