package dev.beckon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeConfigTest {

  /** Everything that has no default. */
  private static Map<String, String> required() {
    Map<String, String> environment = RequiredSettings.environment();
    environment.put("BECKON_PUBLIC_URL", "https://invite.example");
    environment.put("PATH", "/bin");
    return environment;
  }

  private static RuntimeConfig with(String variable, String value) {
    Map<String, String> environment = required();
    environment.put(variable, value);
    return RuntimeConfig.of(environment);
  }

  @Test
  void of_requiredOnly_takesEveryDefault() {
    Map<ConfigKey, String> defaults = new EnumMap<>(ConfigKey.class);
    RuntimeConfig config = RuntimeConfig.of(required());
    for (ConfigKey key : ConfigKey.values()) {
      if (key.fallback() != null) {
        defaults.put(key, config.text(key));
      }
    }

    assertThat(defaults)
        .isEqualTo(
            Map.ofEntries(
                Map.entry(ConfigKey.DATABASE, "beckon"),
                Map.entry(ConfigKey.INSTALLATION, "beckon"),
                Map.entry(ConfigKey.METRICS, "none"),
                Map.entry(ConfigKey.OTLP_ENDPOINT, ""),
                Map.entry(ConfigKey.CORS_ORIGINS, ""),
                Map.entry(ConfigKey.OIDC_ISSUER, ""),
                Map.entry(ConfigKey.OIDC_AUDIENCE, "beckon"),
                Map.entry(ConfigKey.MASTER_KEY, "secret://beckon-master-key"),
                Map.entry(ConfigKey.HASH_KEY, "secret://beckon-hash-key"),
                Map.entry(ConfigKey.SNS_TOPIC, ""),
                Map.entry(ConfigKey.S3_CREDENTIALS, ""),
                Map.entry(ConfigKey.STORAGE, ""),
                Map.entry(ConfigKey.SQS_ENDPOINT, ""),
                Map.entry(ConfigKey.S3_ENDPOINT, ""),
                Map.entry(ConfigKey.CLOCK_SHIFT, "PT0S"),
                Map.entry(ConfigKey.CLOCK_FILE, ""),
                Map.entry(ConfigKey.LOG_LEVEL, "WARN"),
                Map.entry(ConfigKey.ACCOUNT_CACHE, "PT30S")));
    assertThat(config.duration(ConfigKey.ACCOUNT_CACHE)).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.endpoint(ConfigKey.SQS_ENDPOINT)).isEmpty();
  }

  @Test
  void of_everyKeySet_takesWhatIsSet() {
    Map<String, String> environment = new HashMap<>();
    for (ConfigKey key : ConfigKey.values()) {
      environment.put(key.variable(), " " + valid(key) + " ");
    }

    RuntimeConfig config = RuntimeConfig.of(environment);

    for (ConfigKey key : ConfigKey.values()) {
      assertThat(config.text(key)).isEqualTo(valid(key));
    }
    assertThat(config.endpoint(ConfigKey.S3_ENDPOINT)).contains(URI.create("http://127.0.0.1:9"));
    assertThat(config.duration(ConfigKey.CLOCK_SHIFT)).isEqualTo(Duration.ofSeconds(-5));
  }

  private static String valid(ConfigKey key) {
    return switch (key) {
      case CLOCK_SHIFT, ACCOUNT_CACHE -> "PT-5S";
      case CORS_ORIGINS -> "https://console.example";
      case PUBLIC_URL, OIDC_ISSUER, OTLP_ENDPOINT, SQS_ENDPOINT, S3_ENDPOINT ->
          "http://127.0.0.1:9";
      case METRICS -> "emf";
      case MASTER_KEY, HASH_KEY -> "secret://my-" + key;
      default -> "my-" + key;
    };
  }

  @Test
  void of_emptyEnvironment_namesEveryMissingKeyAtOnce() {
    assertThatThrownBy(() -> RuntimeConfig.of(Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(
            "BECKON_MONGO_URI is missing",
            "BECKON_BUCKET is missing",
            "BECKON_FILES_QUEUE is missing",
            "BECKON_CHUNK_QUEUE is missing",
            "BECKON_PRIORITY_QUEUE is missing",
            "BECKON_BULK_QUEUE is missing",
            "BECKON_PUBLIC_URL is missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*", "null", "https://Console.example", "https://a.example/", "a.example"})
  void of_originThatNoBrowserSends_isRefused(String origin) {
    Map<String, String> environment = required();
    environment.put("BECKON_CORS_ORIGINS", "https://console.example, " + origin);

    assertThatThrownBy(() -> RuntimeConfig.of(environment))
        .hasMessageContaining("BECKON_CORS_ORIGINS has '" + origin + "', which is no origin")
        .hasMessageNotContaining("'https://console.example'");
  }

  @Test
  void of_problemsOfEveryKind_comeInOneMessage() {
    Map<String, String> environment = required();
    environment.remove("BECKON_BUCKET");
    environment.put("BECKON_MONGO_URI", "  ");
    environment.put("BECKON_ACCOUNT_CACHE", "30 s");
    environment.put("BECKON_CLOCK_SHIFT", "");
    environment.put("BECKON_S3_ENDPOINT", "ftp://files.example");
    environment.put("BECKON_MONGOURI", "mongodb://db");
    environment.put("BECKON_NONSENSE", "1");

    assertThatThrownBy(() -> RuntimeConfig.of(environment))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(
            "7 problem(s)",
            "BECKON_BUCKET is missing",
            "BECKON_MONGO_URI is missing",
            "BECKON_ACCOUNT_CACHE='30 s' is not a duration",
            "BECKON_CLOCK_SHIFT='' is not a duration",
            "BECKON_S3_ENDPOINT='ftp://files.example' is not an http(s) address",
            "BECKON_MONGOURI is not a key of Beckon; did you mean BECKON_MONGO_URI?",
            "BECKON_NONSENSE is not a key of Beckon; remove it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BECKON_MASTER_KEY", "BECKON_HASH_KEY"})
  void of_keyItselfForItsReference_isRefusedWithoutRepeatingIt(String variable) {
    assertThatThrownBy(() -> with(variable, "c2VjcmV0LWNhbmFyeQ=="))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(variable)
        .hasMessageNotContaining("c2VjcmV0");
  }

  @Test
  void toString_storageAccount_showsNoKey() {
    String shown =
        with("BECKON_STORAGE", "AccountName=acme;AccountKey=c2VjcmV0;EndpointSuffix=core")
            .toString();

    assertThat(shown).contains("STORAGE=***").doesNotContain("c2VjcmV0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mongodb://ada:canary@db.example/admin",
        "mongodb+srv://ada:canary@db.example/admin?retryWrites=true",
        "mongodb://ada:canary/x@db.example/admin",
        "mongodb://ada:x@canary@db.example/admin",
      })
  void toString_connectionString_showsNoCredentials(String uri) {
    assertThat(with("BECKON_MONGO_URI", uri).toString())
        .contains("db.example/admin", "MONGO_URI", "DATABASE=beckon")
        .doesNotContain("canary")
        .doesNotContain("ada");
  }

  @Test
  void keys_single_hasTheIdItAlwaysHad() {
    assertThat(RuntimeConfig.of(required()).keys(ConfigKey.HASH_KEY, "k1"))
        .isEqualTo(Map.of("k1", URI.create("secret://beckon-hash-key")));
  }

  @Test
  void keys_several_areInOrder() {
    RuntimeConfig config = with("BECKON_HASH_KEY", "k2=secret://new, k1=secret://old/er");

    assertThat(config.keys(ConfigKey.HASH_KEY, "k1").sequencedEntrySet())
        .containsExactly(
            Map.entry("k2", URI.create("secret://new")),
            Map.entry("k1", URI.create("secret://old/er")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "k2=secret://a,secret://b",
        "secret://a,secret://b",
        "k2=secret://a,k2=secret://b",
        "K2=secret://a",
        "k2=secret://",
        "k2=secret://a,",
        "k2=c2VjcmV0",
        "m2=kms:alias/beckon",
        "kms:arn:aws:kms:eu-central-1:000000000000:alias/beckon",
        "keyvault:http://beckon.vault.azure.net/keys/master",
        "keyvault:https://beckon.vault.azure.net/secrets/master",
        "m2=keyvault:https://beckon.vault.azure.net/keys/master/0123456789abcdef",
        "c2VjcmV0"
      })
  void of_keysThatCannotBeRead_areNamedWithTheRemedy(String value) {
    assertThatThrownBy(() -> with("BECKON_MASTER_KEY", value))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("BECKON_MASTER_KEY")
        .hasMessageMatching("(?s).*(secret://name|of its own).*")
        .hasMessageNotContaining("c2VjcmV0");
  }

  @Test
  void keys_masterKeyOfKms_isReadBesideSecrets() {
    String arn = "arn:aws:kms:eu-central-1:000000000000:key/1234abcd-12ab";
    RuntimeConfig config = with("BECKON_MASTER_KEY", "m2=kms:" + arn + ",m1=secret://old");

    assertThat(config.keys(ConfigKey.MASTER_KEY, "m1").sequencedEntrySet())
        .containsExactly(
            Map.entry("m2", URI.create("kms:" + arn)), Map.entry("m1", URI.create("secret://old")));
    assertThat(with("BECKON_MASTER_KEY", "kms:" + arn).keys(ConfigKey.MASTER_KEY, "m1"))
        .isEqualTo(Map.of("m1", URI.create("kms:" + arn)));
  }

  @Test
  void keys_masterKeyOfKeyVault_isReadBesideSecrets() {
    String key = "keyvault:https://beckon-prod.vault.azure.net/keys/master-key";
    RuntimeConfig config = with("BECKON_MASTER_KEY", "m2=" + key + ",m1=secret://old");

    assertThat(config.keys(ConfigKey.MASTER_KEY, "m1").sequencedEntrySet())
        .containsExactly(
            Map.entry("m2", URI.create(key)), Map.entry("m1", URI.create("secret://old")));
    assertThat(with("BECKON_MASTER_KEY", key).keys(ConfigKey.MASTER_KEY, "m1"))
        .isEqualTo(Map.of("m1", URI.create(key)));
  }

  @Test
  void of_hashKeyOfKeyVault_isRefused() {
    assertThatThrownBy(
            () -> with("BECKON_HASH_KEY", "keyvault:https://beckon.vault.azure.net/keys/hash"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("BECKON_HASH_KEY", "only the master key");
  }

  @Test
  void of_hashKeyOfKms_isRefused() {
    assertThatThrownBy(
            () -> with("BECKON_HASH_KEY", "kms:arn:aws:kms:eu-central-1:000000000000:key/12"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("BECKON_HASH_KEY", "only the master key");
  }
}
