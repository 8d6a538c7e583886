package dev.beckon.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.bed.CloudService;
import dev.beckon.bed.CloudService.Refusal;
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

  /** What the keys are kept by. */
  protected abstract CloudService service();

  /** How the service shows that the key of this test wrapped, then unwrapped. */
  protected abstract List<String> wrapAndUnwrap();

  /** Refusals of every kind; the first is of a call that is not allowed. */
  protected abstract List<Refusal> refusals();

  /** Takes the key of this test from the service. */
  protected abstract void deleteKey();

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

    assertThat(service().calls).containsExactlyElementsOf(wrapAndUnwrap());
  }

  @TestFactory
  Stream<DynamicTest> contract_serviceRefuses_isUnreachableAndWorksAgainLater() {
    byte[] sealed = process().seal("acme", PLAIN);
    return refusals().stream()
        .map(refusal ->
            DynamicTest.dynamicTest(
                refusal.code + " " + refusal.detail, () -> refusedThenOpened(refusal, sealed)));
  }

  private void refusedThenOpened(Refusal refusal, byte[] sealed) {
    Sealer reader = process();
    service().outage = refusal;
    assertThatThrownBy(() -> reader.open("acme", sealed))
        .isInstanceOf(KeysUnreachableException.class);

    service().outage = null;
    clock.advance(Duration.ofSeconds(5));
    assertThat(reader.open("acme", sealed)).isEqualTo(PLAIN);
  }

  @Test
  void contract_serviceDown_isLeftAloneForFiveSeconds() {
    byte[] sealed = process().seal("acme", PLAIN);
    Sealer reader = process();
    service().outage = refusals().getFirst();
    for (int i = 0; i < 50; i++) {
      assertThatThrownBy(() -> reader.open("acme", sealed))
          .isInstanceOf(KeysUnreachableException.class);
    }

    assertThat(service().calls).containsExactlyElementsOf(wrapAndUnwrap());
  }

  @Test
  void contract_connectionRefused_isUnreachable() {
    service().close();

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
