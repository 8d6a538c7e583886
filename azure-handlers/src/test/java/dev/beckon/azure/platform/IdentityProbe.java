package dev.beckon.azure.platform;

import com.azure.core.credential.TokenRequestContext;
import java.time.Duration;

/** A process that prints the token it gets for vaults, or why it gets none. */
final class IdentityProbe {
  private IdentityProbe() {}

  public static void main(String[] args) {
    try {
      System.out.println(
          "token "
              + AzureIdentity.credential(AzureClients.http(Duration.ofSeconds(5)))
                  .getTokenSync(
                      new TokenRequestContext().addScopes("https://vault.azure.net/.default"))
                  .getToken());
    } catch (RuntimeException | LinkageError e) {
      System.out.println("none " + e.getClass().getSimpleName());
    }
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }
}
