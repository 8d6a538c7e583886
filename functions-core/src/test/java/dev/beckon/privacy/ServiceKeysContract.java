package dev.beckon.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.bed.TestClock;
import dev.beckon.memory.MemoryKeyVault;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What master keys do that a service keeps and never hands out, however it fails. */
public abstract class ServiceKeysContract extends KeyWrapperContract {
  private static final byte[] PLAIN = "ada@example.org".getBytes(StandardCharsets.UTF_8);

  private final TestClock clock = new TestClock();
  private final MemoryKeyVault vault = new MemoryKeyVault();

  /** What the service was asked, in that order. */
  protected abstract List<String> calls();

  /** How {@link #calls()} shows that the key of this test wrapped, then unwrapped. */
  protected abstract List<String> wrapAndUnwrap();

  /** Kinds of refusals; the first is of a call that is not allowed. */
  protected abstract List<String> refusals();

  /** Has the service refuse every call so. */
  protected abstract void refuse(String kind);

  /** Ends what {@link #refuse} began. */
  protected abstract void mend();

  /** Takes the key of this test from the service. */
  protected abstract void deleteKey();

  /** Has the service refuse connections. */
  protected abstract void closeService();

  /** What the keys look at. */
  protected final Clock clock() {
    return clock;
  }

  /** One that has asked for nothing yet, on the store that all of a test share. */
  private Sealer process() {
    return new Sealer(List.of(wrapper()), vault, clock, new SecureRandom());
  }

  @Test
  void contract_wrapped_opensForItsDayOnly() {
    LocalDate day = LocalDate.of(2026, 3, 5);
    byte[] wrapped = wrapper().wrap("acme", day, new byte[32]);

    assertThat(wrapper().unwrap("acme", day.plusDays(1), wrapped)).isEmpty();
    assertThat(wrapper().unwrap("acme", day, wrapped)).hasValue(new byte[32]);
  }

  @Test
  void contract_aDayOfRows_callsTheServiceOnceInEachProcess() {
    Sealer writer = process();
    Sealer reader = process();
    for (int i = 0; i < 100; i++) {
      assertThat(reader.open("acme", writer.seal("acme", PLAIN))).isEqualTo(PLAIN);
    }

    assertThat(calls()).containsExactlyElementsOf(wrapAndUnwrap());
  }

  @TestFactory
  Stream<DynamicTest> contract_serviceRefuses_isUnreachableAndWorksAgainLater() {
    byte[] sealed = process().seal("acme", PLAIN);
    return refusals().stream()
        .map(kind ->
            DynamicTest.dynamicTest(
                kind,
                () -> {
                  Sealer reader = process();
                  refuse(kind);
                  assertThatThrownBy(() -> reader.open("acme", sealed))
                      .isInstanceOf(KeysUnreachableException.class);

                  mend();
                  clock.advance(Duration.ofSeconds(5));
                  assertThat(reader.open("acme", sealed)).isEqualTo(PLAIN);
                }));
  }

  @Test
  void contract_serviceDown_isLeftAloneForFiveSeconds() {
    byte[] sealed = process().seal("acme", PLAIN);
    Sealer reader = process();
    refuse(refusals().getFirst());
    for (int i = 0; i < 50; i++) {
      assertThatThrownBy(() -> reader.open("acme", sealed))
          .isInstanceOf(KeysUnreachableException.class);
    }

    assertThat(calls()).containsExactlyElementsOf(wrapAndUnwrap());
  }

  @Test
  void contract_connectionRefused_isUnreachable() {
    closeService();

    assertThatThrownBy(() -> process().seal("acme", PLAIN))
        .isInstanceOf(KeysUnreachableException.class);
  }

  @Test
  void contract_keyGoneFromTheService_isUnreachableNotErased() {
    byte[] sealed = process().seal("acme", PLAIN);
    deleteKey();

    assertThatThrownBy(() -> process().open("acme", sealed))
        .isInstanceOf(KeysUnreachableException.class);
  }
}
