package dev.beckon.bed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The search finds what is planted: a search that finds nothing must mean something. */
class TracesTest {
  private final Traces traces =
      new Traces(Map.of("address", "canary.bird@example.org", "number", "+4915112345678"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "to canary.bird@example.org now",
        "CANARY.BIRD@EXAMPLE.ORG",
        "https://x.example/?a=canary.bird%40example.org&b",
        "+4915112345678",
        "0049 151 1234-5678",
        "%2B4915112345678",
        "+49 (151) 12345678"
      })
  void in_plantedText_isFound(String text) {
    assertThat(traces.in(text)).isNotEmpty();
  }

  @Test
  void in_plantedBytes_areFound() {
    String planted = "see canary.bird@example.org";
    for (int pad = 0; pad < 3; pad++) {
      String shifted = "x".repeat(pad) + planted;
      assertThat(
              traces.in(
                  Base64.getEncoder().encodeToString(shifted.getBytes(StandardCharsets.UTF_8))))
          .contains("address in base64");
    }
    assertThat(traces.in(planted.getBytes(StandardCharsets.UTF_16LE)))
        .contains("address in UTF-16LE");
    assertThat(traces.in(planted.getBytes(StandardCharsets.UTF_16BE)))
        .contains("address in UTF-16BE");
  }

  @Test
  void in_otherText_isEmpty() {
    assertThat(traces.in("canary at example.org, 4915112, imp0123456789-000000001")).isEmpty();
  }
}
