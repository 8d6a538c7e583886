package dev.beckon.aws.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.app.CloudPlatformContract;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.privacy.KeyWrapper;
import dev.beckon.s3.TestCredentials;
import java.net.URI;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AwsPlatformTest extends CloudPlatformContract {

  @Override
  protected AwsPlatform platform(RuntimeConfig config) {
    return new AwsPlatform(config);
  }

  @Override
  protected Map<String, String> ownSettings() {
    return Map.of(
        "BECKON_SQS_ENDPOINT", "http://127.0.0.1:1", "BECKON_S3_ENDPOINT", "http://127.0.0.1:1");
  }

  @Override
  protected String ownSecrets() {
    return "aws:<prefix>";
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
      }
    }
  }
}
