package dev.beckon.app;

import dev.beckon.access.TokenIssuer;
import dev.beckon.account.Secrets;
import dev.beckon.config.ConfigKey;
import dev.beckon.config.ConfigurationException;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.mongo.MongoConnection;
import dev.beckon.privacy.KeyWrapper;
import dev.beckon.privacy.LocalKeyWrapper;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What the references in the configuration stand for. Every method throws a {@link
 * ConfigurationException} naming the variable that cannot be worked with.
 */
final class Configured {
  private Configured() {}

  /** The store. Connects to nothing yet. */
  static MongoConnection connection(RuntimeConfig config, Secrets secrets) {
    String uri = config.text(ConfigKey.MONGO_URI);
    try {
      String resolved = Secrets.isReference(uri) ? secrets.resolve(URI.create(uri)).reveal() : uri;
      return new MongoConnection(resolved, config.text(ConfigKey.DATABASE));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          List.of(ConfigKey.MONGO_URI.variable() + ": " + e.getMessage()));
    }
  }

  /** Whose tokens are taken beside keys. */
  static Optional<TokenIssuer> tokenIssuer(RuntimeConfig config) {
    String issuer = config.text(ConfigKey.OIDC_ISSUER);
    if (issuer.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new TokenIssuer(issuer, config.text(ConfigKey.OIDC_AUDIENCE)));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          List.of(
              ConfigKey.OIDC_ISSUER.variable()
                  + ", "
                  + ConfigKey.OIDC_AUDIENCE.variable()
                  + ": "
                  + e.getMessage()));
    }
  }

  /** The keys that wrap the keys of days, the current one first. */
  static List<KeyWrapper> masterKeys(RuntimeConfig config, Platform platform, SecureRandom random) {
    List<KeyWrapper> masters = new ArrayList<>();
    for (URI reference : config.keys(ConfigKey.MASTER_KEY, "m1").values()) {
      try {
        masters.add(
            Secrets.isReference(reference.toString())
                ? new LocalKeyWrapper(
                    key(ConfigKey.MASTER_KEY, reference, platform.secrets()), random)
                : platform.masterKey(reference));
      } catch (IllegalArgumentException e) {
        throw new ConfigurationException(
            List.of(ConfigKey.MASTER_KEY.variable() + ": " + e.getMessage()));
      }
    }
    return masters;
  }

  /** The keys of recipient hashes by id, the current one first. */
  static SequencedMap<String, byte[]> hashKeys(RuntimeConfig config, Secrets secrets) {
    SequencedMap<String, byte[]> keys = new LinkedHashMap<>();
    config
        .keys(ConfigKey.HASH_KEY, "k1")
        .forEach((id, reference) -> keys.put(id, key(ConfigKey.HASH_KEY, reference, secrets)));
    return keys;
  }

  private static byte[] key(ConfigKey key, URI reference, Secrets secrets) {
    String text = secrets.resolve(reference).reveal().strip();
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          List.of(key.variable() + ": the secret " + reference + " is not base64"));
    }
  }
}
