package dev.beckon.aws.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.app.EntryPoint;
import dev.beckon.config.ConfigKey;
import dev.beckon.config.ConfigurationException;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.privacy.KeyWrapper;
import dev.beckon.s3.TestCredentials;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwsPlatformTest {
  @TempDir Path folder;

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    for (ConfigKey key : ConfigKey.values()) {
      if (key.fallback() == null) {
        environment.put(key.variable(), "http://127.0.0.1:1/" + key.name());
      }
    }
    environment.put("BECKON_SECRETS", "file:" + folder.resolve("secrets.json"));
    environment.put("BECKON_SQS_ENDPOINT", "http://127.0.0.1:1");
    environment.put("BECKON_S3_ENDPOINT", "http://127.0.0.1:1");
    return environment;
  }

  @Test
  void platform_ownEndpointsAndNoRegion_isBuiltWithoutAConnection() throws Exception {
    Files.writeString(folder.resolve("secrets.json"), "{\"mail\":\"x\"}");
    try (AwsPlatform platform = new AwsPlatform(RuntimeConfig.of(environment()))) {
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
  void platform_clockShift_movesItsClock() {
    Map<String, String> environment = environment();
    environment.put("BECKON_CLOCK_SHIFT", "PT1H");
    try (AwsPlatform platform = new AwsPlatform(RuntimeConfig.of(environment))) {
      assertThat(Duration.between(Instant.now(), platform.clock().instant()))
          .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
    }
  }

  @Test
  void platform_secretsElsewhere_saysWhatIsKnown() {
    Map<String, String> environment = environment();
    environment.put("BECKON_SECRETS", "vault:beckon/");

    assertThatThrownBy(() -> new AwsPlatform(RuntimeConfig.of(environment)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("BECKON_SECRETS", "file:<path>", "aws:<prefix>");
  }

  @Test
  void platform_secretsManager_isReadUnderThePrefix() throws Exception {
    Map<String, String> environment = environment();
    environment.put("BECKON_SECRETS", "aws:beckon-dev/");
    try (SecretsService service = new SecretsService();
        SdkProperties properties = new SdkProperties()) {
      properties
          .with("aws.endpointUrlSecretsManager", service.endpoint().toString())
          .with("aws.region", "eu-central-1")
          .with("aws.accessKeyId", TestCredentials.ID)
          .with("aws.secretAccessKey", TestCredentials.KEY);
      service.values.put("beckon-dev/mail", "x");
      try (AwsPlatform platform = new AwsPlatform(RuntimeConfig.of(environment))) {
        assertThat(platform.secrets().resolve(URI.create("secret://mail")).reveal()).isEqualTo("x");
      }
    }
  }

  @Test
  void masterKey_ofKms_isReachedInItsOwnRegion() throws Exception {
    try (KmsService service = new KmsService();
        SdkProperties properties = new SdkProperties()) {
      properties
          .with("aws.endpointUrlKms", service.endpoint().toString())
          .with("aws.accessKeyId", TestCredentials.ID)
          .with("aws.secretAccessKey", TestCredentials.KEY);
      try (AwsPlatform platform = new AwsPlatform(RuntimeConfig.of(environment()))) {
        KeyWrapper keys = platform.masterKey(URI.create("kms:" + service.key(1)));
        LocalDate day = LocalDate.of(2026, 3, 5);

        assertThat(keys.unwrap("acme", day, keys.wrap("acme", day, new byte[32])))
            .hasValue(new byte[32]);
        assertThatThrownBy(() -> platform.masterKey(URI.create("vault:x")))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("secret://name");
      }
    }
  }
}
