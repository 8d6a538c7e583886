package dev.beckon.infra;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Every key of CDK's context that Beckon reads: {@code npx cdk deploy -c profile=prod}. */
enum SettingsKey {
  PROFILE("profile", "\\w+", "a word"),
  PREFIX("prefix", "[a-z][a-z0-9-]{0,19}", "1 to 20 lower-case letters, digits and dashes"),
  JAR("jar", ".+", "a path"),
  BUCKET("bucket", "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", "the name of a bucket"),
  BUCKET_KEY("bucketKey", "arn:[\\w-]+:kms:.+:key/.+", "the ARN of a KMS key"),
  PUBLIC_URL("publicUrl", "https://[^\\s/?#]+(/[^\\s?#]*)?", "an https address"),
  PERMISSIONS_BOUNDARY(
      "permissionsBoundary", "arn:[\\w-]+:iam::.+:policy/.+", "the ARN of an IAM policy"),
  ALARM_EMAIL("alarmEmail", "[^\\s@]+@[^\\s@]+", "a mail address"),
  COLLECTOR_LAYER(
      "collectorLayer",
      "arn:[\\w-]+:lambda:.+:layer:.+:\\d+",
      "the ARN of a layer with its version"),
  OLD_MASTER_KEYS(
      "oldMasterKeys",
      "\\w+=(secret://[\\w-]+|kms:arn:[^,]+)(,\\w+=(secret://[\\w-]+|kms:arn:[^,]+))*",
      "a list such as m1=secret://old"),
  HASH_KEY(
      "hashKey",
      "\\w+=secret://[\\w-]+(,\\w+=secret://[\\w-]+)*",
      "a list such as k2=secret://new,k1=secret://beckon-hash-key"),
  CORS_ORIGINS(
      "corsOrigins",
      Origins.ONE + "(," + Origins.ONE + ")*",
      "an origin without a path, such as https://console.example; several with commas"),
  OIDC_ISSUER("oidcIssuer", "https://[^\\s?#]+", "an https address"),
  OIDC_AUDIENCE("oidcAudience", "[^\\s,]{1,200}", "a text without blanks and commas"),
  ATLAS("atlas", "\\w+", "a word"),
  MONGO_URI("mongoUri", "mongodb(\\+srv)?://\\S+", "a connection string of MongoDB"),
  VPC("vpc", "vpc-[0-9a-f]{8,17}", "the id of a VPC"),
  SUBNETS("subnets", "subnet-[0-9a-f]{8,17}", "the id of a subnet; several with commas"),
  SECURITY_GROUPS(
      "securityGroups", "sg-[0-9a-f]{8,17}", "the id of a security group; several with commas"),
  ATLAS_SERVICE(
      "atlasService",
      "com\\.amazonaws\\.vpce\\.\\S+",
      "the name of an endpoint service, as the cluster's page on private endpoints gives it");

  private final String key;
  private final Pattern element;
  private final String form;

  SettingsKey(String key, String element, String form) {
    this.key = key;
    this.element = Pattern.compile(element);
    this.form = form;
  }

  String key() {
    return key;
  }

  /** What a value, or each of several, looks like. */
  Pattern element() {
    return element;
  }

  /** The same for people. */
  String form() {
    return form;
  }

  /** Whether an error may repeat the value: not where it may hold a password or an address. */
  boolean isQuotable() {
    return this != MONGO_URI && this != ALARM_EMAIL;
  }

  boolean isList() {
    return this == SUBNETS || this == SECURITY_GROUPS;
  }

  static Optional<SettingsKey> of(String key) {
    return Arrays.stream(values()).filter(known -> known.key.equals(key)).findFirst();
  }

  /** What was meant by an unknown key, as the end of a sentence. */
  static String near(String unknown) {
    SettingsKey nearest =
        Arrays.stream(values())
            .min(Comparator.comparingInt(known -> distance(known.key, unknown)))
            .orElseThrow();
    return distance(nearest.key, unknown) <= Math.max(2, unknown.length() / 3)
        ? "; did you mean " + nearest.key + "?"
        : "; remove it. There are "
            + String.join(", ", Arrays.stream(values()).map(SettingsKey::key).toList());
  }

  /** Pages that are being written are on one's own machine, and have no certificate there. */
  private static final class Origins {
    static final String ONE = "(https://[a-z0-9.-]+|http://localhost)(:\\d{1,5})?";

    private Origins() {}
  }

  /** How many letters must be changed, added or left out. */
  private static int distance(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT).replace("_", "");
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
