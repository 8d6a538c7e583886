package dev.beckon.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.account.Secret;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextsTest {
  private static final String ID = "k3vx81mzq0ta";

  /** Secrets of an installation, each of one byte repeated. */
  static KeyTexts texts(int... secrets) {
    SequencedMap<String, byte[]> keys = new LinkedHashMap<>();
    for (int secret : secrets) {
      byte[] bytes = new byte[32];
      Arrays.fill(bytes, (byte) secret);
      keys.put("k" + secret, bytes);
    }
    return new KeyTexts(keys);
  }

  private static byte[] bytes(long seed) {
    byte[] bytes = new byte[KeyTexts.SECRET_BYTES];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static Secret text() {
    return texts(1).write(KeyKind.LIVE, ID, bytes(7));
  }

  @Test
  void write_key_isOneWordOfItsKindAndId() {
    assertThat(text().reveal()).matches("beckon_live_" + ID + "_[0-9A-Za-z]{43}_[0-9A-Za-z]{8}");
    assertThat(text().toString()).doesNotContain(ID);
  }

  @Test
  void write_smallestAndLargestSecret_haveTheSameLength() {
    byte[] most = new byte[KeyTexts.SECRET_BYTES];
    Arrays.fill(most, (byte) 0xff);
    byte[] least = new byte[KeyTexts.SECRET_BYTES];

    Set<String> seen = new HashSet<>();
    for (byte[] secret : new byte[][] {most, least}) {
      String text = texts(1).write(KeyKind.TEST, ID, secret).reveal();
      assertThat(text).hasSize(text().reveal().length());
      seen.add(text);
    }
    assertThat(seen).hasSize(2);
  }

  @Test
  void read_written_isItsIdAndWhatTheStoreKeeps() {
    KeyTexts texts = texts(1);

    assertThat(texts.read(text().reveal())).contains(new KeyTexts.Read(ID, texts.digest(text())));
    assertThat(texts.digest(text())).hasSize(64).doesNotContain(ID);
  }

  @Test
  void read_anyCharacterChanged_isNotOurs() {
    KeyTexts texts = texts(1);
    String text = text().reveal();
    for (int i = 0; i < text.length(); i++) {
      char other = text.charAt(i) == 'a' ? 'b' : 'a';
      assertThat(texts.read(text.substring(0, i) + other + text.substring(i + 1)))
          .as("character " + i)
          .isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "beckon_live_",
        "Bearer x",
        "beckon_live_k3vx81mzq0ta_",
        "beckon_root_k3vx81mzq0ta_0000000000000000000000000000000000000000000_00000000",
        "beckon_live_k3vx81mzq0ta_0000000000000000000000000000000000000000000_00000000\n"
      })
  void read_otherText_isNotOurs(String text) {
    assertThat(texts(1).read(text)).isEmpty();
  }

  @Test
  void read_cutOffOrWithMore_isNotOurs() {
    String text = text().reveal();

    assertThat(texts(1).read(text.substring(0, text.length() - 1))).isEmpty();
    assertThat(texts(1).read(text + "0")).isEmpty();
  }

  @Test
  void read_ofAnotherInstallation_isNotOurs() {
    assertThat(texts(2).read(text().reveal())).isEmpty();
  }

  @Test
  void read_madeUnderAnOlderSecret_isTheSameKey() {
    assertThat(texts(2, 1).read(text().reveal())).isEqualTo(texts(1).read(text().reveal()));
  }
}
