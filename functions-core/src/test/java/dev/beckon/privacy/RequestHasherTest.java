package dev.beckon.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class RequestHasherTest {
  private static RequestHasher hasher(int... keys) {
    SequencedMap<String, byte[]> map = new LinkedHashMap<>();
    for (int key : keys) {
      byte[] bytes = new byte[32];
      Arrays.fill(bytes, (byte) key);
      map.put("k" + key, bytes);
    }
    return new RequestHasher(map);
  }

  @Test
  void hash_newKeyPutBeforeTheOldOne_isTheSame() {
    assertThat(hasher(2, 1).hash("a", "b")).isEqualTo(hasher(1).hash("a", "b"));
    assertThat(hasher(2).hash("a", "b")).isNotEqualTo(hasher(1).hash("a", "b"));
  }

  @Test
  void hash_textsCutOtherwise_isAnother() {
    assertThat(
            List.of(
                hasher(1).hash("ab", ""),
                hasher(1).hash("a", "b"),
                hasher(1).hash("", "ab"),
                hasher(1).hash("ab")))
        .doesNotHaveDuplicates();
  }
}
