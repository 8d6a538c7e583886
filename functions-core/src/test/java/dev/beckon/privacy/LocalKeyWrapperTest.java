package dev.beckon.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class LocalKeyWrapperTest extends KeyWrapperContract {
  private static KeyWrapper master(int fill) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) fill);
    return new LocalKeyWrapper(key, new SecureRandom());
  }

  @Override
  protected KeyWrapper wrapper() {
    return master(1);
  }

  @Override
  protected KeyWrapper other() {
    return master(2);
  }

  /** Stored by an earlier version; installations hold such keys. */
  @Test
  void unwrap_keyWrappedByAnEarlierVersion_opens() {
    byte[] wrapped =
        HexFormat.of()
            .parseHex(
                "0100005025090909090909090909090909cd062ec7c7390fc8765d4346a7d48c1e90ce77f33d963def3e513940e75ef6f482053298be5c0cb59b62ca4237e5b68a");
    byte[] plain = new byte[32];
    Arrays.fill(plain, (byte) 9);

    assertThat(master(1).unwrap("acme", LocalDate.of(2026, 3, 5), wrapped)).hasValue(plain);
  }
}
