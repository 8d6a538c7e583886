package dev.beckon.azure.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.account.CachedSecrets;
import dev.beckon.account.SecretMissingException;
import dev.beckon.account.SecretUnreachableException;
import dev.beckon.account.Secrets;
import dev.beckon.account.SecretsContract;
import dev.beckon.azure.platform.VaultService.Refusal;
import dev.beckon.bed.TestClock;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyVaultSecretsTest extends SecretsContract {
  private static final URI MAIL = URI.create("secret://mail");

  private final TestClock clock = new TestClock();
  private VaultService service;
  private Secrets secrets;

  @BeforeEach
  void start() throws IOException {
    service = new VaultService();
    secrets =
        new CachedSecrets(
            new KeyVaultSecrets(service.clients().secrets(VaultService.VAULT), VaultService.VAULT),
            clock);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Override
  protected Secrets secrets() {
    return secrets;
  }

  @Override
  protected void put(String name, String value) {
    service.values.put(name.replaceAll("[_./]", "-"), value);
  }

  @Override
  protected void advance(Duration by) {
    clock.advance(by);
  }

  private String mail() {
    return secrets.resolve(MAIL).reveal();
  }

  @Test
  void resolve_anySecret_asksWithATokenForVaults() {
    put("mail", "one");
    mail();

    assertThat(service.calls).containsExactly("GET secrets/mail");
    assertThat(service.scopes).containsOnly("https://vault.azure.net/.default");
  }

  @Test
  void resolve_missingDisabledDeniedThrottled_areToldApart() {
    assertThatThrownBy(this::mail)
        .isInstanceOf(SecretMissingException.class)
        .hasMessageContainingAll("secret://mail", "mail is not there", "beckon-test.vault");
    clock.advance(Duration.ofSeconds(10));

    service.disabled.add("mail");
    assertThatThrownBy(this::mail)
        .isInstanceOf(SecretMissingException.class)
        .hasMessageContaining("enable it");
    clock.advance(Duration.ofSeconds(10));

    service.outage = new Refusal(403, "Forbidden", "ForbiddenByRbac");
    assertThatThrownBy(this::mail)
        .isInstanceOf(SecretUnreachableException.class)
        .hasMessageContainingAll("secret://mail", "Key Vault Secrets User");
    clock.advance(Duration.ofSeconds(10));

    service.outage = new Refusal(429, "Throttled", "");
    assertThatThrownBy(this::mail)
        .isInstanceOf(SecretUnreachableException.class)
        .hasMessageContaining("too often");
    clock.advance(Duration.ofSeconds(10));

    service.close();
    assertThatThrownBy(this::mail)
        .isInstanceOf(SecretUnreachableException.class)
        .hasMessageContaining("cannot be reached");
  }

  @Test
  void resolve_serviceDown_keepsTheLastValueForAnHour() {
    put("mail", "one");
    mail();
    service.outage = new Refusal(500, "InternalError", "");

    clock.advance(Duration.ofMinutes(59));
    assertThat(mail()).isEqualTo("one");

    clock.advance(Duration.ofMinutes(1));
    assertThatThrownBy(this::mail)
        .isInstanceOf(SecretUnreachableException.class)
        .hasMessageContaining("HTTP 500");
  }
}
