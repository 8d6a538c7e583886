package dev.beckon.azure.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.app.CloudPlatformContract;
import dev.beckon.app.EntryPoint;
import dev.beckon.azure.QueueNames;
import dev.beckon.config.ConfigurationException;
import dev.beckon.config.RuntimeConfig;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AzurePlatformTest extends CloudPlatformContract {
  private static final String QUEUES = "https://beckonprod.queue.core.windows.net/";
  private static final String CONTAINER = "https://beckonprod.blob.core.windows.net/beckon-files";

  @Override
  protected AzurePlatform platform(RuntimeConfig config) {
    return new AzurePlatform(config);
  }

  @Override
  protected Map<String, String> ownSettings() {
    return Map.of(
        "BECKON_BUCKET", CONTAINER,
        "BECKON_FILES_QUEUE", QUEUES + QueueNames.FILES,
        "BECKON_CHUNK_QUEUE", QUEUES + QueueNames.CHUNKS,
        "BECKON_PRIORITY_QUEUE", QUEUES + QueueNames.PRIORITY,
        "BECKON_BULK_QUEUE", QUEUES + QueueNames.BULK);
  }

  @Override
  protected String ownSecrets() {
    return "keyvault:https://<vault>.vault.azure.net/";
  }

  @Test
  void platform_managedIdentity_readsAndWritesWhereItIsTold() {
    try (AzurePlatform platform = platform(RuntimeConfig.of(environment()))) {
      assertThat(platform.queueClient(EntryPoint.CHUNK).getQueueUrl())
          .isEqualTo(QUEUES + "beckon-chunks");
      assertThat(platform.container().orElseThrow().getBlobContainerUrl()).isEqualTo(CONTAINER);
    }
  }

  @Test
  void platform_valuesOfAnotherCloud_areAllNamed() {
    Map<String, String> environment = environment();
    environment.put("BECKON_BUCKET", "my-bucket");
    environment.put("BECKON_BULK_QUEUE", "bulk");
    environment.put("BECKON_SECRETS", "aws:beckon-dev/");
    environment.put("BECKON_STORAGE", "SharedAccessSignature=hunter2");

    assertThatThrownBy(() -> new AzurePlatform(RuntimeConfig.of(environment)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(
            "BECKON_BUCKET must be the address of a blob container",
            "BECKON_BULK_QUEUE must be the address of a storage queue",
            "keyvault:https://<vault>.vault.azure.net/",
            "BECKON_STORAGE must be a connection string")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void masterKey_ofKeyVault_isMadeWithoutAConnection() {
    try (AzurePlatform platform = platform(RuntimeConfig.of(environment()))) {
      assertThat(
              platform.masterKey(URI.create("keyvault:https://beckon.vault.azure.net/keys/master")))
          .isNotNull();
    }
  }
}
