package dev.beckon.infra;

import dev.beckon.infra.Settings.Api;
import dev.beckon.infra.Settings.Atlas;
import dev.beckon.infra.Settings.ExistingBucket;
import dev.beckon.infra.Settings.Network;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads settings from CDK's context and collects every problem on the way. */
final class SettingsReader {
  /** Keys of CDK itself and of its flags have a colon, a slash or a dash. */
  private static final Pattern OURS = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

  private final Map<String, String> values = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  private SettingsReader(Map<String, ?> context) {
    context.forEach((key, value) -> {
      if (OURS.matcher(key).matches()) {
        String text = text(value).strip();
        SettingsKey known = SettingsKey.of(key).orElse(null);
        if (known == null) {
          problems.add(key + " is no key of Beckon" + SettingsKey.near(key));
        } else if (!text.isEmpty()) {
          values.put(key, text);
        }
      }
    });
  }

  /**
   * @param context as CDK holds it; keys of its own are left alone
   * @param home folder that relative paths begin at
   * @throws SettingsException naming every problem
   */
  static Settings read(Map<String, ?> context, Path home) {
    return new SettingsReader(context).settings(home);
  }

  private static String text(Object value) {
    return value instanceof Collection<?> many
        ? many.stream().map(String::valueOf).collect(Collectors.joining(","))
        : String.valueOf(value);
  }

  private Settings settings(Path home) {
    Profile profile = profile();
    String prefix = value(SettingsKey.PREFIX).orElse("beckon");
    Path jar =
        home.resolve(value(SettingsKey.JAR).orElse("../aws-handlers/target/beckon-aws.jar"))
            .normalize();
    if (!Files.isRegularFile(jar)) {
      problems.add(
          "jar: there is no file "
              + jar
              + ", the code of all functions; make it with ./mvnw package, or name another");
    }
    Settings settings =
        new Settings(
            profile,
            prefix,
            jar,
            bucket(),
            value(SettingsKey.PUBLIC_URL),
            value(SettingsKey.PERMISSIONS_BOUNDARY),
            value(SettingsKey.ALARM_EMAIL),
            value(SettingsKey.COLLECTOR_LAYER),
            value(SettingsKey.OLD_MASTER_KEYS),
            value(SettingsKey.HASH_KEY),
            api(),
            atlas(),
            network());
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
    return settings;
  }

  private Profile profile() {
    String name = value(SettingsKey.PROFILE).orElse("");
    for (Profile profile : Profile.values()) {
      if (profile.label().equals(name.toLowerCase(Locale.ROOT))) {
        return profile;
      }
    }
    String labels =
        Arrays.stream(Profile.values()).map(Profile::label).collect(Collectors.joining(", "));
    problems.add(
        name.isEmpty()
            ? "profile is missing: give it as -c profile=dev; there are " + labels
            : "profile='" + name + "' is none of " + labels);
    return Profile.DEV;
  }

  private Optional<ExistingBucket> bucket() {
    Optional<String> key = value(SettingsKey.BUCKET_KEY);
    Optional<String> name = value(SettingsKey.BUCKET);
    if (key.isPresent() && name.isEmpty()) {
      problems.add("bucketKey is the key of an existing bucket: name that with bucket, too");
    }
    return name.map(there -> new ExistingBucket(there, key));
  }

  private Api api() {
    Optional<String> issuer = value(SettingsKey.OIDC_ISSUER);
    Optional<String> audience = value(SettingsKey.OIDC_AUDIENCE);
    if (audience.isPresent() && issuer.isEmpty()) {
      problems.add("oidcAudience is of no use alone: name the issuer with oidcIssuer, too");
    }
    return new Api(value(SettingsKey.CORS_ORIGINS), issuer, audience);
  }

  private Atlas atlas() {
    String how = value(SettingsKey.ATLAS).orElse("secret");
    Optional<String> uri = value(SettingsKey.MONGO_URI);
    return switch (how) {
      case "secret" -> {
        if (uri.isPresent()) {
          problems.add(
              "mongoUri belongs to atlas=iam: a connection string with a password goes into the"
                  + " secret mongo-uri, never into the context");
        }
        yield new Atlas(Optional.empty());
      }
      case "iam" -> {
        uri.ifPresentOrElse(
            this::checkForRoles,
            () ->
                problems.add(
                    "mongoUri is missing: with atlas=iam give the cluster's address, such as"
                        + " mongodb+srv://cluster.example.mongodb.net/"
                        + "?authSource=%24external&authMechanism=MONGODB-AWS"));
        yield new Atlas(uri);
      }
      default -> {
        problems.add("atlas='" + how + "' is none of secret, iam");
        yield new Atlas(Optional.empty());
      }
    };
  }

  private void checkForRoles(String uri) {
    if (!uri.contains("authMechanism=MONGODB-AWS") || uri.matches("mongodb(\\+srv)?://[^/?]*@.*")) {
      // not quoted: it may hold a password
      problems.add(
          "mongoUri must say authMechanism=MONGODB-AWS and hold no user and no password:"
              + " with atlas=iam the functions' roles sign in");
    }
  }

  private Optional<Network> network() {
    Optional<String> vpc = value(SettingsKey.VPC);
    List<String> subnets = list(SettingsKey.SUBNETS);
    List<String> groups = list(SettingsKey.SECURITY_GROUPS);
    Optional<String> service = value(SettingsKey.ATLAS_SERVICE);
    if (vpc.isEmpty() && subnets.isEmpty() && groups.isEmpty() && service.isEmpty()) {
      return Optional.empty();
    }
    if (vpc.isEmpty() || subnets.isEmpty() || groups.isEmpty()) {
      problems.add("a network needs all of vpc, subnets and securityGroups");
    }
    return Optional.of(new Network(vpc.orElse(""), subnets, groups, service));
  }

  private List<String> list(SettingsKey key) {
    String text = value(key).orElse("");
    Pattern one = key.element();
    List<String> all =
        Stream.of(text.split(",", -1)).map(String::strip).filter(id -> !id.isEmpty()).toList();
    all.stream()
        .filter(id -> !one.matcher(id).matches())
        .forEach(id -> problems.add(key.key() + "='" + id + "' is not " + key.form()));
    return all;
  }

  private Optional<String> value(SettingsKey key) {
    Optional<String> value = Optional.ofNullable(values.get(key.key()));
    if (value.isPresent() && !key.isList() && !key.element().matcher(value.get()).matches()) {
      problems.add(
          key.key() + (key.isQuotable() ? "='" + value.get() + "'" : "") + " is not " + key.form());
      return Optional.empty();
    }
    return value;
  }
}
