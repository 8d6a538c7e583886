package dev.beckon.infra;

import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.secretsmanager.SecretStringGenerator;
import software.constructs.Construct;

/** The secrets that every installation has. Those of vendors are made by the operator. */
final class InstallationSecrets extends Construct {
  /** Its name behind the installation's prefix: the default of BECKON_HASH_KEY. */
  static final String HASH_KEY = "beckon-hash-key";

  private final Secret hashKey;

  InstallationSecrets(Construct scope, String id, Settings settings, Keys keys) {
    super(scope, id);
    hashKey =
        Secret.Builder.create(this, "HashKey")
            .secretName(settings.secretsPrefix() + HASH_KEY)
            .description(
                "Key of recipient hashes; a new one is added beside it, never put in its place")
            .encryptionKey(keys.key())
            // 64 letters and digits are sound base64, of 48 bytes
            .generateSecretString(
                SecretStringGenerator.builder()
                    .passwordLength(64)
                    .excludePunctuation(true)
                    .requireEachIncludedType(false)
                    .build())
            .removalPolicy(settings.profile().removal())
            .build();
    Accepted.finding(
        hashKey,
        "AwsSolutions-SMG4",
        "Suppressions and contact windows are found by this key's hashes: it is changed by adding"
            + " another one (docs/privacy.md), which rotation in place would undo.");
  }
}
