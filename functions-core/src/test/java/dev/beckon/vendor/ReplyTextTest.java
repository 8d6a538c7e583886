package dev.beckon.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.account.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyTextTest {
  private final ReplyText texts =
      new ReplyText(List.of(new Secret(""), new Secret("key-one"), new Secret("ye-key-two")));

  @Test
  void of_secretsRepeated_masked() {
    assertThat(text("a key-one b ye-key-two c key-one", true)).isEqualTo("a *** b *** c ***");
  }

  @ParameterizedTest
  @CsvSource({
    "bad key-on, bad ''", // all but the last letter
    "bad k, bad ''", // only the first
    "bad key-one, bad ***", // whole: masked
    "bad ye-key, bad ''", // ends in beginnings of both secrets: the longer one goes
    "bad ke-, bad ke-", // of neither
  })
  void of_cutInTheMiddleOfASecret_itsBeginningIsGone(String said, String shown) {
    assertThat(text(said, false)).isEqualTo(shown.replace("''", ""));
  }

  @Test
  void of_completeTextEndsLikeASecretBegins_leftAlone() {
    assertThat(text("monkey-o", true)).isEqualTo("monkey-o");
  }

  @Test
  void of_moreBytesThanCount_ignored() {
    byte[] bytes = "hello world".getBytes(StandardCharsets.UTF_8);

    assertThat(texts.of(bytes, 5, true)).isEqualTo("hello");
  }

  private String text(String said, boolean complete) {
    byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
    return texts.of(bytes, bytes.length, complete);
  }
}
