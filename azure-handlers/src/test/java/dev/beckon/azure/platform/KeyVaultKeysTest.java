package dev.beckon.azure.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.azure.platform.VaultService.Refusal;
import dev.beckon.bed.TestClock;
import dev.beckon.memory.MemoryKeyVault;
import dev.beckon.privacy.KeyWrapper;
import dev.beckon.privacy.KeyWrapperContract;
import dev.beckon.privacy.KeysUnreachableException;
import dev.beckon.privacy.Sealer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyVaultKeysTest extends KeyWrapperContract {
  private static final byte[] PLAIN = "ada@example.org".getBytes(StandardCharsets.UTF_8);
  private static final LocalDate DAY = LocalDate.of(2026, 3, 5);

  private final TestClock clock = new TestClock();
  private final MemoryKeyVault vault = new MemoryKeyVault();
  private VaultService service;
  private String first;
  private String second;

  @BeforeEach
  void start() throws IOException {
    service = new VaultService();
    first = service.key("first");
    second = service.key("first-of-others");
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private KeyWrapper keys(String key) {
    return new KeyVaultKeys(service.clients()::cryptography, key, clock, new SecureRandom());
  }

  @Override
  protected KeyWrapper wrapper() {
    return keys(first);
  }

  @Override
  protected KeyWrapper other() {
    return keys(second);
  }

  private Sealer process(KeyWrapper... masters) {
    return new Sealer(List.of(masters), vault, clock, new SecureRandom());
  }

  @Test
  void unwrap_anotherDay_doesNotOpen() {
    byte[] wrapped = wrapper().wrap("acme", DAY, new byte[32]);

    assertThat(wrapper().unwrap("acme", DAY.plusDays(1), wrapped)).isEmpty();
    assertThat(wrapper().unwrap("acme", DAY, wrapped)).hasValue(new byte[32]);
  }

  @Test
  void unwrap_rotatedInTheVault_opensByTheVersionThatWrapped() {
    byte[] old = wrapper().wrap("acme", DAY, new byte[32]);
    service.key("first");
    byte[] young = wrapper().wrap("acme", DAY, new byte[32]);

    assertThat(wrapper().unwrap("acme", DAY, old)).hasValue(new byte[32]);
    assertThat(wrapper().unwrap("acme", DAY, young)).hasValue(new byte[32]);
    assertThat(new String(old, StandardCharsets.ISO_8859_1))
        .contains("/first/" + "0".repeat(31) + "1");
    assertThat(new String(young, StandardCharsets.ISO_8859_1))
        .contains("/first/" + "0".repeat(31) + "2");
  }

  @Test
  void unwrap_anotherKeysWork_asksNobody() {
    byte[] wrapped = other().wrap("acme", DAY, new byte[32]);
    service.calls.clear();

    assertThat(wrapper().unwrap("acme", DAY, wrapped)).isEmpty();
    assertThat(service.calls).isEmpty();
  }

  @Test
  void seal_aDayOfRows_callsTheVaultOnceInEachProcess() {
    Sealer writer = process(wrapper());
    Sealer reader = process(wrapper());
    for (int i = 0; i < 50; i++) {
      assertThat(reader.open("acme", writer.seal("acme", PLAIN))).isEqualTo(PLAIN);
    }

    assertThat(service.calls).containsExactly("POST keys/first", "POST keys/first");
    assertThat(service.scopes).containsOnly("https://vault.azure.net/.default");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 429, 500})
  void open_vaultRefuses_isUnreachableAndWorksAgainLater(int status) {
    byte[] sealed = process(wrapper()).seal("acme", PLAIN);
    Sealer reader = process(wrapper());
    service.outage = new Refusal(status, "Forbidden", "KeyDisabled");

    assertThatThrownBy(() -> reader.open("acme", sealed))
        .isInstanceOf(KeysUnreachableException.class);

    service.outage = null;
    clock.advance(Duration.ofSeconds(5));
    assertThat(reader.open("acme", sealed)).isEqualTo(PLAIN);
  }

  @Test
  void open_vaultDown_isLeftAloneForFiveSeconds() {
    byte[] sealed = process(wrapper()).seal("acme", PLAIN);
    Sealer reader = process(wrapper());
    service.outage = new Refusal(403, "Forbidden", "ForbiddenByRbac");
    service.calls.clear();
    for (int i = 0; i < 50; i++) {
      assertThatThrownBy(() -> reader.open("acme", sealed))
          .isInstanceOf(KeysUnreachableException.class);
    }

    assertThat(service.calls).hasSize(1);
  }

  @Test
  void seal_connectionRefused_isUnreachable() {
    service.close();

    assertThatThrownBy(() -> process(wrapper()).seal("acme", PLAIN))
        .isInstanceOf(KeysUnreachableException.class);
  }

  @Test
  void open_keyGoneFromTheVault_isUnreachableNotErased() {
    byte[] sealed = process(wrapper()).seal("acme", PLAIN);
    service.delete("first");

    assertThatThrownBy(() -> process(wrapper()).open("acme", sealed))
        .isInstanceOf(KeysUnreachableException.class);
  }
}
