package dev.beckon.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.memory.MemoryKeyVault;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every kind of master key does. */
public abstract class KeyWrapperContract {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 5);
  private static final byte[] KEY = new byte[32];

  static {
    Arrays.fill(KEY, (byte) 7);
  }

  /** The master key of this test. */
  protected abstract KeyWrapper wrapper();

  /** Another master key of the same kind. */
  protected abstract KeyWrapper other();

  @Test
  void contract_wrapped_opensForItsAccountOnly() {
    byte[] wrapped = wrapper().wrap("acme", DAY, KEY);

    assertThat(wrapper().unwrap("acme", DAY, wrapped)).hasValue(KEY);
    assertThat(wrapper().unwrap("other", DAY, wrapped)).isEmpty();
    assertThat(HexFormat.of().formatHex(wrapped)).doesNotContain("07070707");
  }

  @Test
  void contract_wrappedByAnother_isLeftToThatOne() {
    byte[] wrapped = other().wrap("acme", DAY, KEY);

    assertThat(wrapper().unwrap("acme", DAY, wrapped)).isEmpty();
    assertThat(other().unwrap("acme", DAY, wrapped)).hasValue(KEY);
  }

  @Test
  void contract_changedOrCutShort_doesNotOpen() {
    byte[] wrapped = wrapper().wrap("acme", DAY, KEY);
    byte[] changed = wrapped.clone();
    changed[changed.length - 1] ^= 1;

    assertThat(wrapper().unwrap("acme", DAY, changed)).isEmpty();
    for (int length : List.of(0, 1, 5, 17, wrapped.length - 1)) {
      assertThat(wrapper().unwrap("acme", DAY, Arrays.copyOf(wrapped, length))).isEmpty();
    }
  }

  @Test
  void contract_masterKeysOfEitherKindInARow_openWhatEachMade() {
    MemoryKeyVault vault = new MemoryKeyVault();
    KeyWrapper local = new LocalKeyWrapper(new byte[32], new SecureRandom());
    byte[] old = sealer(vault, local).seal("acme", KEY);
    byte[] young = sealer(vault, wrapper(), local).seal("fresh", KEY);

    assertThat(sealer(vault, wrapper(), local).open("acme", old)).isEqualTo(KEY);
    assertThat(sealer(vault, local, wrapper()).open("fresh", young)).isEqualTo(KEY);
    assertThat(sealer(vault, wrapper()).open("fresh", young)).isEqualTo(KEY);
  }

  @Test
  void contract_masterKeyReplaced_opensWhatTheOldOneWrappedAndWrapsByTheNew() {
    MemoryKeyVault vault = new MemoryKeyVault();
    byte[] old = sealer(vault, wrapper()).seal("acme", KEY);
    Sealer replaced = sealer(vault, other(), wrapper());
    byte[] young = replaced.seal("fresh", KEY);

    assertThat(replaced.open("acme", old)).isEqualTo(KEY);
    assertThat(sealer(vault, other()).open("fresh", young)).isEqualTo(KEY);
  }

  private static Sealer sealer(KeyVault vault, KeyWrapper... masters) {
    return new Sealer(List.of(masters), vault, Clock.systemUTC(), new SecureRandom());
  }
}
