package dev.beckon.azure.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.bed.CloudService;
import dev.beckon.bed.CloudService.Refusal;
import dev.beckon.privacy.KeyWrapper;
import dev.beckon.privacy.ServiceKeysContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyVaultKeysTest extends ServiceKeysContract {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 5);

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
    return new KeyVaultKeys(service.clients()::cryptography, key, clock(), new SecureRandom());
  }

  @Override
  protected KeyWrapper wrapper() {
    return keys(first);
  }

  @Override
  protected KeyWrapper other() {
    return keys(second);
  }

  @Override
  protected CloudService service() {
    return service;
  }

  @Override
  protected List<String> wrapAndUnwrap() {
    return List.of("POST keys/first", "POST keys/first");
  }

  @Override
  protected List<Refusal> refusals() {
    return List.of(
        new Refusal(403, "Forbidden", "ForbiddenByRbac"),
        new Refusal(403, "Forbidden", "KeyDisabled"),
        new Refusal(401, "Unauthorized", ""),
        new Refusal(429, "Throttled", ""),
        new Refusal(500, "InternalError", ""));
  }

  @Override
  protected void deleteKey() {
    service.delete("first");
  }

  @Test
  void wrap_anyKey_asksWithATokenForVaults() {
    wrapper().wrap("acme", DAY, new byte[32]);

    assertThat(service.scopes).containsOnly("https://vault.azure.net/.default");
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
}
