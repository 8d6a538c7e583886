package dev.beckon.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.testing.Together;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link KeyVault} keeps. Each test starts with an empty vault. */
public abstract class KeyVaultContract {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 5);

  protected abstract KeyVault vault();

  @Test
  void find_nothingStored_isEmpty() {
    assertThat(vault().find("acme", DAY)).isEmpty();
  }

  @Test
  void storeIfAbsent_first_isStoredForThatAccountAndDay() {
    byte[] wrapped = {1, 2, -3};

    assertThat(vault().storeIfAbsent("acme", DAY, wrapped)).isEqualTo(new byte[] {1, 2, -3});
    assertThat(vault().find("acme", DAY).orElseThrow()).isEqualTo(new byte[] {1, 2, -3});
    assertThat(vault().find("acme", DAY.plusDays(1))).isEmpty();
    assertThat(vault().find("other", DAY)).isEmpty();
  }

  @Test
  void storeIfAbsent_second_returnsTheFirst() {
    vault().storeIfAbsent("acme", DAY, new byte[] {1});

    assertThat(vault().storeIfAbsent("acme", DAY, new byte[] {2})).isEqualTo(new byte[] {1});
    assertThat(vault().find("acme", DAY).orElseThrow()).isEqualTo(new byte[] {1});
  }

  @Test
  void storeIfAbsent_byEightThreads_allGetTheSame() throws Exception {
    List<byte[]> stored =
        Together.run(8, thread -> vault().storeIfAbsent("acme", DAY, new byte[] {(byte) thread}));

    assertThat(stored).allSatisfy(key -> assertThat(key).isEqualTo(stored.get(0)));
  }

  @Test
  void find_arrayChangedByCaller_staysAsStored() {
    byte[] wrapped = {1};
    vault().storeIfAbsent("acme", DAY, wrapped);
    wrapped[0] = 9;
    vault().find("acme", DAY).orElseThrow()[0] = 8;

    assertThat(vault().find("acme", DAY).orElseThrow()).isEqualTo(new byte[] {1});
  }

  @Test
  void days_ofOneAccount_areItsOwnInOrder() {
    vault().storeIfAbsent("acme", DAY.plusDays(30), new byte[] {1});
    vault().storeIfAbsent("acme", DAY, new byte[] {2});
    vault().storeIfAbsent("acme-north", DAY.plusDays(1), new byte[] {3});
    vault().storeIfAbsent("acm", DAY.plusDays(2), new byte[] {4});

    assertThat(vault().days("acme")).containsExactly(DAY, DAY.plusDays(30));
    assertThat(vault().days("none")).isEmpty();
  }

  @Test
  void delete_oneDay_leavesTheOthers_andARepeatIsSilent() {
    vault().storeIfAbsent("acme", DAY, new byte[] {1});
    vault().storeIfAbsent("acme", DAY.plusDays(1), new byte[] {2});
    vault().storeIfAbsent("other", DAY, new byte[] {3});

    vault().delete("acme", DAY);
    vault().delete("acme", DAY);

    assertThat(vault().find("acme", DAY)).isEmpty();
    assertThat(vault().days("acme")).containsExactly(DAY.plusDays(1));
    assertThat(vault().days("other")).containsExactly(DAY);
  }
}
