package dev.beckon.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.parcel.Hint;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageBodyTest {
  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"parcel/a.0.0", "{\"subject\":\"Größe\"}", "", "of nobody"})
  void text_inBase64_isDecoded(String body) {
    String wire = base64(body.getBytes(StandardCharsets.UTF_8));

    assertThat(MessageBody.text(wire)).isEqualTo(body);
    assertThat(MessageBody.text(wire + "\n")).isEqualTo(body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"x\":1}", "nicht unser Ä {", "cGFyY2Vs/", "cGFy Y2Vs", "\u0000"})
  void text_inNoBase64_isTakenAsItStands(String body) {
    assertThat(MessageBody.text(body)).isEqualTo(body);
  }

  @Test
  void text_base64OfWhatIsNoText_isTakenAsItStands() {
    String wire = base64(new byte[] {(byte) 0xff, (byte) 0xfe, 0x41});

    assertThat(MessageBody.text(wire)).isEqualTo(wire);
  }

  /** The characters of a hint are of base64's alphabet, all but the stop and the hyphen. */
  @Test
  void text_hintWrittenByHand_isNeverMistakenForBase64() {
    for (int length = 1; length <= 64; length++) {
      for (String id : List.of("0", "a", "Z", "9")) {
        String name = id.repeat(length);
        for (String hint : List.of(Hint.parcel(name), Hint.chunk(name), Hint.importRun(name))) {
          assertThat(MessageBody.text(hint)).isEqualTo(hint);
        }
      }
    }
  }
}
