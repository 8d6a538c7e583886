package dev.beckon.azure.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.azure.platform.VaultService.Refusal;
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
  protected List<String> calls() {
    return service.calls;
  }

  @Override
  protected List<String> wrapAndUnwrap() {
    return List.of("POST keys/first", "POST keys/first");
  }

  @Override
  protected List<String> refusals() {
    return List.of(
        "403 ForbiddenByRbac", "403 KeyDisabled", "401 Unauthorized", "429 Throttled", "500 Down");
  }

  @Override
  protected void refuse(String kind) {
    String[] parts = kind.split(" ", 2);
    service.outage = new Refusal(Integer.parseInt(parts[0]), "Refused", parts[1]);
  }

  @Override
  protected void mend() {
    service.outage = null;
  }

  @Override
  protected void deleteKey() {
    service.delete("first");
  }

  @Override
  protected void closeService() {
    service.close();
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
