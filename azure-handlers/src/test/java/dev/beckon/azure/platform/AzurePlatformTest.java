package dev.beckon.azure.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.app.EntryPoint;
import dev.beckon.azure.QueueNames;
import dev.beckon.config.ConfigKey;
import dev.beckon.config.ConfigurationException;
import dev.beckon.config.RuntimeConfig;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AzurePlatformTest {
  @TempDir Path folder;

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    for (ConfigKey key : ConfigKey.values()) {
      if (key.fallback() == null) {
        environment.put(key.variable(), "http://127.0.0.1:1/" + key.name());
      }
    }
    String queues = "https://beckonprod.queue.core.windows.net/";
    environment.put("BECKON_BUCKET", "https://beckonprod.blob.core.windows.net/beckon-files");
    environment.put("BECKON_FILES_QUEUE", queues + QueueNames.FILES);
    environment.put("BECKON_CHUNK_QUEUE", queues + QueueNames.CHUNKS);
    environment.put("BECKON_PRIORITY_QUEUE", queues + QueueNames.PRIORITY);
    environment.put("BECKON_BULK_QUEUE", queues + QueueNames.BULK);
    environment.put("BECKON_SECRETS", "file:" + folder.resolve("secrets.json"));
    return environment;
  }

  @Test
  void platform_managedIdentity_isBuiltWithoutAConnection() throws Exception {
    Files.writeString(folder.resolve("secrets.json"), "{\"mail\":\"x\"}");
    try (AzurePlatform platform = new AzurePlatform(RuntimeConfig.of(environment()))) {
      assertThat(platform.secrets().resolve(URI.create("secret://mail")).reveal()).isEqualTo("x");
      assertThat(platform.queueClient(EntryPoint.CHUNK).getQueueUrl())
          .isEqualTo("https://beckonprod.queue.core.windows.net/beckon-chunks");
      assertThat(platform.queue(EntryPoint.DISPATCH_BULK))
          .isNotSameAs(platform.queue(EntryPoint.DISPATCH_PRIORITY));
      assertThat(platform.container().orElseThrow().getBlobContainerUrl())
          .isEqualTo("https://beckonprod.blob.core.windows.net/beckon-files");
      assertThatThrownBy(() -> platform.queue(EntryPoint.SWEEP))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("SWEEP");
    }
  }

  @Test
  void platform_clockShift_movesItsClock() {
    Map<String, String> environment = environment();
    environment.put("BECKON_CLOCK_SHIFT", "PT1H");
    try (AzurePlatform platform = new AzurePlatform(RuntimeConfig.of(environment))) {
      assertThat(Duration.between(Instant.now(), platform.clock().instant()))
          .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
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
  void masterKey_ofKeyVaultOrElsewhere_isMadeOrRefusedBeforeItIsUsed() {
    try (AzurePlatform platform = new AzurePlatform(RuntimeConfig.of(environment()))) {
      assertThat(
              platform.masterKey(URI.create("keyvault:https://beckon.vault.azure.net/keys/master")))
          .isNotNull();
      assertThatThrownBy(() -> platform.masterKey(URI.create("kms:x")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("secret://name");
    }
  }
}
