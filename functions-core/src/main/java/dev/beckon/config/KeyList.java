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
 * allowed, a reference may also name a key of AWS KMS, {@code kms:<key ARN>}.
 */
final class KeyList {
  private static final String SECRET = "secret://[^\\s,=]+";
  private static final String KMS = "kms:arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+";
  private static final Pattern REFERENCE = Pattern.compile(SECRET + "|" + KMS);
  private static final Pattern NAMED =
      Pattern.compile("([a-z][a-z0-9]{0,7})=(" + SECRET + "|" + KMS + ")");

  private KeyList() {}

  /** What is wrong with it, to be read behind the variable's name; never repeats the value. */
  static Optional<String> problem(String value, boolean kms) {
    if (!value.contains("secret://") && !value.contains("kms:")) {
      return Optional.of(" must be a reference such as secret://name, never the key itself");
    }
    if (!kms && value.contains("kms:")) {
      return Optional.of(
          ": only the master key may be one of AWS KMS; name a secret such as secret://name");
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
                + (kms ? " or k2=kms:<key ARN>" : "")
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
