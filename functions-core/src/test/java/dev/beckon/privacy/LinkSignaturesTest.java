package dev.beckon.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class LinkSignaturesTest {
  private static final String TOKEN = "x0Kq3Zb7SgC2mWvVYtDq9A";

  private static LinkSignatures of(int... keys) {
    SequencedMap<String, byte[]> byId = new LinkedHashMap<>();
    for (int key : keys) {
      byte[] bytes = new byte[32];
      Arrays.fill(bytes, (byte) key);
      byId.put("k" + key, bytes);
    }
    return new LinkSignatures(byId);
  }

  @Test
  void holds_itsOwn_andNoOther() {
    String signature = of(1).of(TOKEN);

    assertThat(signature).matches("[A-Za-z0-9_-]{22}");
    assertThat(of(1).holds(TOKEN, signature)).isTrue();
    assertThat(of(1).holds(TOKEN.replace('x', 'y'), signature)).isFalse();
    assertThat(of(2).holds(TOKEN, signature)).isFalse();
    for (String forged : List.of("", "A", TOKEN, signature + "A", signature.substring(1))) {
      assertThat(of(1).holds(TOKEN, forged)).isFalse();
    }
  }

  /** The last of 22 characters has four bits that mean nothing. */
  @Test
  void holds_anotherTextOfTheSameBytes_isFalse() {
    String signature = of(1).of(TOKEN);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    String head = signature.substring(0, 21);
    long held = alphabet.chars().filter(c -> of(1).holds(TOKEN, head + (char) c)).count();

    assertThat(held).isEqualTo(1);
  }

  @Test
  void holds_keysRotated_asLongAsTheKeyIsThere() {
    String old = of(1).of(TOKEN);
    String young = of(2, 1).of(TOKEN);

    assertThat(young).isEqualTo(of(2).of(TOKEN)).isNotEqualTo(old);
    assertThat(of(2, 1).holds(TOKEN, old)).isTrue();
    assertThat(of(2, 1).holds(TOKEN, young)).isTrue();
    assertThat(of(2).holds(TOKEN, old)).isFalse();
  }
}
