package dev.beckon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.config.ConfigurationException;
import dev.beckon.config.RequiredSettings;
import dev.beckon.config.RuntimeConfig;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the platform of every cloud makes of its configuration. */
public abstract class CloudPlatformContract {
  @TempDir Path folder;

  /** The platform of this cloud. */
  protected abstract Platform platform(RuntimeConfig config);

  /** What this cloud takes instead of {@link RequiredSettings}. */
  protected abstract Map<String, String> ownSettings();

  /** How an operator is told where this cloud keeps secrets. */
  protected abstract String ownSecrets();

  /** A configuration that this cloud takes, with secrets in a file; to be changed. */
  protected final Map<String, String> environment() {
    Map<String, String> environment = RequiredSettings.environment();
    environment.putAll(ownSettings());
    environment.put("BECKON_SECRETS", "file:" + folder.resolve("secrets.json"));
    return environment;
  }

  @Test
  void contract_itsOwnConfiguration_isBuiltWithoutAConnection() throws Exception {
    Files.writeString(folder.resolve("secrets.json"), "{\"mail\":\"x\"}");
    try (Platform platform = platform(RuntimeConfig.of(environment()))) {
      assertThat(platform.secrets().resolve(URI.create("secret://mail")).reveal()).isEqualTo("x");
      assertThat(platform.queue(EntryPoint.CHUNK)).isNotNull();
      assertThat(platform.queue(EntryPoint.DISPATCH_BULK))
          .isNotSameAs(platform.queue(EntryPoint.DISPATCH_PRIORITY));
      assertThatThrownBy(() -> platform.queue(EntryPoint.SWEEP))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("SWEEP");
    }
  }

  @Test
  void contract_clockShift_movesItsClock() {
    Map<String, String> environment = environment();
    environment.put("BECKON_CLOCK_SHIFT", "PT1H");
    try (Platform platform = platform(RuntimeConfig.of(environment))) {
      assertThat(Duration.between(Instant.now(), platform.clock().instant()))
          .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
    }
  }

  @Test
  void contract_secretsElsewhere_saysWhatIsKnown() {
    Map<String, String> environment = environment();
    environment.put("BECKON_SECRETS", "elsewhere:beckon/");

    assertThatThrownBy(() -> platform(RuntimeConfig.of(environment)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("BECKON_SECRETS", "file:<path>", ownSecrets());
  }

  @Test
  void contract_masterKeyElsewhere_isRefusedWithTheRemedy() {
    try (Platform platform = platform(RuntimeConfig.of(environment()))) {
      assertThatThrownBy(() -> platform.masterKey(URI.create("elsewhere:x")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("secret://name");
    }
  }
}
