package dev.beckon.config;

import java.net.URI;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code k2=secret://new,k1=secret://old}, or a single reference without an id. Where it is
 * allowed, a reference may also name a key that never leaves its service: of AWS KMS, {@code
 * kms:<key ARN>}, or of Azure Key Vault, {@code keyvault:https://<vault>/keys/<name>} (of whatever
 * version: which one wrapped a key stands in what it made).
 */
final class KeyList {
  private static final String SECRET = "secret://[^\\s,=]+";
  private static final String KMS = "kms:arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+";
  private static final String VAULT =
      "keyvault:https://[A-Za-z0-9.-]+(?::[0-9]{1,5})?/keys/[0-9A-Za-z-]{1,127}";
  private static final String ANY = SECRET + "|" + KMS + "|" + VAULT;
  private static final Pattern REFERENCE = Pattern.compile(ANY);
  private static final Pattern NAMED = Pattern.compile("([a-z][a-z0-9]{0,7})=(" + ANY + ")");

  private KeyList() {}

  /**
   * What is wrong with it, to be read behind the variable's name; never repeats the value.
   *
   * @param services whether keys of AWS KMS and Azure Key Vault will do
   */
  static Optional<String> problem(String value, boolean services) {
    boolean ofService = value.contains("kms:") || value.contains("keyvault:");
    if (!value.contains("secret://") && !ofService) {
      return Optional.of(" must be a reference such as secret://name, never the key itself");
    }
    if (!services && ofService) {
      return Optional.of(
          ": only the master key may be one of AWS KMS or Azure Key Vault; name a secret such as"
              + " secret://name");
    }
    if (REFERENCE.matcher(value).matches()) {
      return Optional.empty();
    }
    Set<String> ids = new HashSet<>();
    String[] entries = value.split(",", -1);
    for (int i = 0; i < entries.length; i++) {
      Matcher named = NAMED.matcher(entries[i].strip());
      if (!named.matches()) {
        return Optional.of(
            ": entry "
                + (i + 1)
                + " must read like k2=secret://name"
                + (services ? ", k2=kms:<key ARN> or k2=keyvault:https://<vault>/keys/<name>" : "")
                + ": an id of a letter and up to 7 letters or digits, then a reference; several entries are parted by commas, the current key first");
      }
      if (!ids.add(named.group(1))) {
        return Optional.of(
            ": the id " + named.group(1) + " stands twice; give the new key an id of its own");
      }
    }
    return Optional.empty();
  }

  static SequencedMap<String, URI> read(String value, String alone) {
    SequencedMap<String, URI> keys = new LinkedHashMap<>();
    if (REFERENCE.matcher(value).matches()) {
      keys.put(alone, URI.create(value));
      return keys;
    }
    for (String entry : value.split(",", -1)) {
      Matcher named = NAMED.matcher(entry.strip());
      if (named.matches()) {
        keys.put(named.group(1), URI.create(named.group(2)));
      }
    }
    return keys;
  }
}
