package dev.beckon.local.doctor;

import dev.beckon.account.Account;
import dev.beckon.account.Secret;
import dev.beckon.account.SecretMissingException;
import dev.beckon.account.SecretUnreachableException;
import dev.beckon.account.Secrets;
import dev.beckon.account.VendorAccount;
import dev.beckon.check.Finding;
import dev.beckon.config.ConfigKey;
import dev.beckon.config.RuntimeConfig;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether every reference leads to a value somebody has filled in. Shows no value. */
final class SecretsCheck {
  /** What a deployment creates its secrets with. */
  static final String PLACEHOLDER = "fill-me";

  private static final String IN_AWS = "aws:";
  private static final Pattern IN_VAULT = Pattern.compile("keyvault:https://([^./]+)[./].*");
  private static final int KEY_BYTES = 32;

  private final RuntimeConfig config;
  private final Secrets secrets;

  SecretsCheck(RuntimeConfig config, Secrets secrets) {
    this.config = config;
    this.secrets = secrets;
  }

  /** Those the configuration names. */
  List<Finding> ofConfiguration() {
    List<Finding> findings = new ArrayList<>();
    String uri = config.text(ConfigKey.MONGO_URI);
    if (Secrets.isReference(uri)) {
      findings.add(filled(URI.create(uri)).orElseGet(() -> Finding.good(uri + " is filled")));
    }
    config.keys(ConfigKey.MASTER_KEY, "m1").values().forEach(key -> findings.add(key(key, true)));
    config.keys(ConfigKey.HASH_KEY, "k1").values().forEach(key -> findings.add(key(key, false)));
    return findings;
  }

  /** Those the accounts name. */
  List<Finding> ofAccounts(Collection<Account> accounts) {
    TreeSet<String> references = new TreeSet<>();
    for (Account account : accounts) {
      for (VendorAccount vendor : account.vendorAccounts().values()) {
        vendor.settings().values().stream().filter(Secrets::isReference).forEach(references::add);
      }
    }
    List<Finding> findings = new ArrayList<>();
    for (String reference : references) {
      findings.add(
          filled(URI.create(reference)).orElseGet(() -> Finding.good(reference + " is filled")));
    }
    return findings;
  }

  private Finding key(URI reference, boolean exact) {
    if (!Secrets.isReference(reference.toString())) {
      return Finding.unknown(
          "a key of " + reference.getScheme() + " never leaves it",
          "sealing uses it at the first row");
    }
    Optional<Finding> missing = filled(reference);
    if (missing.isPresent()) {
      return missing.get();
    }
    int bytes;
    try {
      bytes = Base64.getDecoder().decode(secrets.resolve(reference).reveal().strip()).length;
    } catch (IllegalArgumentException e) {
      return Finding.wrong(reference + " is not base64", "fill it by: openssl rand -base64 32");
    }
    boolean fits = exact ? bytes == KEY_BYTES : bytes >= KEY_BYTES;
    return fits
        ? Finding.good(reference + " holds a key of " + bytes * 8 + " bits")
        : Finding.wrong(
            reference + " holds " + bytes * 8 + " bits, not " + KEY_BYTES * 8,
            "before the first row, fill it by: openssl rand -base64 32; afterwards restore the key"
                + " that was in use");
  }

  /** What is wrong with a reference, if anything. */
  private Optional<Finding> filled(URI reference) {
    Secret secret;
    try {
      secret = secrets.resolve(reference);
    } catch (SecretMissingException e) {
      return Optional.of(
          Finding.wrong("nothing is stored as " + reference, remedy(reference, true)));
    } catch (SecretUnreachableException e) {
      return Optional.of(Trouble.of(e));
    } catch (RuntimeException e) {
      Finding why = Trouble.of(e);
      return Optional.of(Finding.wrong(reference + " cannot be read: " + why.what(), why.remedy()));
    }
    String value = secret.reveal().strip();
    return value.isEmpty() || value.equals(PLACEHOLDER)
        ? Optional.of(Finding.wrong(reference + " is not filled", remedy(reference, false)))
        : Optional.empty();
  }

  private String remedy(URI reference, boolean isNew) {
    String where = config.text(ConfigKey.SECRETS);
    String name = Secrets.name(reference);
    Matcher vault = IN_VAULT.matcher(where);
    if (vault.matches()) {
      return "az keyvault secret set --vault-name "
          + vault.group(1)
          + " --name "
          + name
          + " --file value.txt";
    }
    if (!where.startsWith(IN_AWS)) {
      return "store " + name + " in " + where;
    }
    String id = where.substring(IN_AWS.length()) + name;
    String put =
        "aws secretsmanager put-secret-value --secret-id "
            + id
            + " --secret-string file://value.txt";
    return isNew
        ? put
            + "; where there is no such secret yet, create-secret --name in place of put-secret-value --secret-id"
        : put;
  }
}
