package dev.beckon.azure.platform;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.ResourceNotFoundException;
import com.azure.security.keyvault.secrets.SecretClient;
import dev.beckon.account.SecretSource;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Secrets from Azure Key Vault: {@code secret://mail} is the secret {@code mail} there. A vault's
 * names hold letters, digits and dashes only, so any other character of a reference is a dash
 * there: {@code secret://mail/password} is {@code mail-password}. Thread-safe.
 */
final class KeyVaultSecrets implements SecretSource {
  private static final Pattern NOT_IN_NAMES = Pattern.compile("[^0-9A-Za-z-]");

  private final SecretClient client;
  private final String vault;

  KeyVaultSecrets(SecretClient client, URI vault) {
    this.client = client;
    this.vault = vault.getHost();
  }

  @Override
  public Answer ask(String asked) {
    String name = NOT_IN_NAMES.matcher(asked).replaceAll("-");
    try {
      return SecretSource.of(client.getSecret(name).getValue(), place(name, "holds no text there"));
    } catch (ResourceNotFoundException e) {
      return new Missing(place(name, "is not there, or was deleted: add or recover it"));
    } catch (RuntimeException e) {
      return isDisabled(e)
          ? new Missing(place(name, "is disabled, or not valid now: enable it"))
          : new Unreachable(why(name, e), e);
    }
  }

  /** A refusal of the secret, not of us: the vault gives both the same status. */
  private static boolean isDisabled(RuntimeException e) {
    String said = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return AzureErrors.status(e) == 403 && said.contains("secretdisabled");
  }

  private String place(String name, String how) {
    return "Azure Key Vault (" + name + " " + how + ", in " + vault + ")";
  }

  private String why(String name, RuntimeException e) {
    int status = AzureErrors.status(e);
    if (e instanceof ClientAuthenticationException || status == 401 || status == 403) {
      return "Azure Key Vault "
          + vault
          + " does not let us read "
          + name
          + " ("
          + AzureErrors.kind(e)
          + "): the function app's identity needs the role Key Vault Secrets User on it, and the"
          + " vault's network rules must let it through";
    }
    return switch (status) {
      case 429 -> "Azure Key Vault " + vault + " is asked too often (HTTP 429)";
      case 0 ->
          "Azure Key Vault "
              + vault
              + " cannot be reached, or there is no identity to sign in with ("
              + AzureErrors.kind(e)
              + ")";
      default ->
          "Azure Key Vault " + vault + " failed at " + name + " (" + AzureErrors.kind(e) + ")";
    };
  }
}
