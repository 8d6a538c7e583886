package dev.beckon.azure.platform;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.util.Configuration;
import com.azure.identity.AzureCliCredentialBuilder;
import com.azure.identity.ChainedTokenCredentialBuilder;
import com.azure.identity.EnvironmentCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;

/**
 * As whom we call Azure. Named here instead of trying everything in turn: in the cloud the managed
 * identity alone, so that a failure says what is wrong with it; on an operator's machine what its
 * environment names, or who is signed in to Azure's command line.
 */
final class AzureIdentity {
  /** Set by Functions and App Service where the app has a managed identity. */
  private static final String MANAGED = "IDENTITY_ENDPOINT";

  private AzureIdentity() {}

  /** Asks nobody yet. */
  static TokenCredential credential(HttpClient http) {
    Configuration environment = Configuration.getGlobalConfiguration();
    if (environment.contains(MANAGED)) {
      return new ManagedIdentityCredentialBuilder()
          .clientId(environment.get(Configuration.PROPERTY_AZURE_CLIENT_ID))
          .httpClient(http)
          .build();
    }
    ChainedTokenCredentialBuilder chain = new ChainedTokenCredentialBuilder();
    if (environment.contains(Configuration.PROPERTY_AZURE_CLIENT_ID)) {
      chain.addLast(new EnvironmentCredentialBuilder().httpClient(http).build());
    }
    return chain.addLast(new AzureCliCredentialBuilder().build()).build();
  }
}
