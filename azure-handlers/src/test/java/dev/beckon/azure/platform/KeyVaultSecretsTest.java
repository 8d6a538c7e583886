package dev.beckon.azure.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.account.CachedSecretsContract;
import dev.beckon.account.SecretSource;
import dev.beckon.azure.platform.VaultService.Refusal;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyVaultSecretsTest extends CachedSecretsContract {
  private VaultService service;
  private SecretSource source;

  @BeforeEach
  void start() throws IOException {
    service = new VaultService();
    source = new KeyVaultSecrets(service.clients().secrets(VaultService.VAULT), VaultService.VAULT);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Override
  protected SecretSource source() {
    return source;
  }

  @Override
  protected List<String> calls() {
    return service.calls;
  }

  @Override
  protected String callFor(String name) {
    return "GET secrets/" + name;
  }

  @Override
  protected void put(String name, String value) {
    service.values.put(name.replaceAll("[_./]", "-"), value);
  }

  @Override
  protected void remove(String name) {
    service.values.remove(name);
  }

  @Override
  protected void deny(String name) {
    service.denied.add(name);
  }

  @Override
  protected String breakDown() {
    service.outage = new Refusal(500, "InternalError", "");
    return "HTTP 500";
  }

  @Override
  protected void mend() {
    service.outage = null;
  }

  @Test
  void resolve_anySecret_asksWithATokenForVaults() {
    put("mail", "one");
    secrets().resolve(URI.create("secret://mail"));

    assertThat(service.calls).containsExactly("GET secrets/mail");
    assertThat(service.scopes).containsOnly("https://vault.azure.net/.default");
  }

  @Test
  void resolve_missingDisabledDeniedThrottled_areToldApart() {
    assertMissing("mail is not there", "beckon-test.vault");

    service.disabled.add("mail");
    assertMissing("enable it");

    deny("mail");
    assertUnreachable("Key Vault Secrets User");

    service.outage = new Refusal(429, "Throttled", "");
    assertUnreachable("too often");

    service.close();
    assertUnreachable("cannot be reached");
  }
}
