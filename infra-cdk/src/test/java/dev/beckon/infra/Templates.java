package dev.beckon.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Installations that are synthesised once for all tests: it takes seconds each. */
enum Templates {
  DEV(Map.of("profile", "dev", "alarmEmail", "duty@example.org")),
  QA(Map.of("profile", "qa")),
  PROD(Map.of("profile", "prod")),
  /** Everything an operator can choose. */
  ALL_OPTIONS(
      Map.ofEntries(
          Map.entry("profile", "prod"),
          Map.entry("prefix", "acme"),
          Map.entry("bucket", "acme-surveys"),
          Map.entry("bucketKey", "arn:aws:kms:eu-central-1:111122223333:key/0000-1111"),
          Map.entry("publicUrl", "https://surveys.acme.example"),
          Map.entry("permissionsBoundary", "arn:aws:iam::111122223333:policy/boundary"),
          Map.entry(
              "collectorLayer",
              "arn:aws:lambda:eu-central-1:901920570463:layer:aws-otel-collector-arm64:5"),
          Map.entry(
              "oldMasterKeys",
              "m2=kms:arn:aws:kms:eu-central-1:111122223333:key/old,m1=secret://old"),
          Map.entry("hashKey", "k2=secret://new,k1=secret://beckon-hash-key"),
          Map.entry("corsOrigins", "https://console.acme.example,http://localhost:5173"),
          Map.entry("oidcIssuer", "https://login.acme.example/tenant/v2.0"),
          Map.entry("oidcAudience", "api://beckon"),
          Map.entry("atlas", "iam"),
          Map.entry(
              "mongoUri",
              "mongodb+srv://acme.example.mongodb.net/?authSource=%24external&authMechanism=MONGODB-AWS"),
          Map.entry("vpc", "vpc-0a1b2c3d"),
          Map.entry("subnets", "subnet-0a1b2c3d, subnet-1a1b2c3d"),
          Map.entry("securityGroups", "sg-0a1b2c3d"),
          Map.entry("atlasService", "com.amazonaws.vpce.eu-central-1.vpce-svc-0a")));

  private static final Map<Templates, Path> MADE = new EnumMap<>(Templates.class);

  @SuppressWarnings("ImmutableEnumChecker") // made by Map.of
  private final Map<String, String> context;

  Templates(Map<String, String> context) {
    this.context = context;
  }

  /** The stack's name. */
  String stack() {
    return context.getOrDefault("prefix", "beckon") + "-" + context.get("profile");
  }

  /** The template. */
  JsonNode template() {
    return json(stack() + ".template.json");
  }

  /** Resources of a type, by logical id. */
  Map<String, JsonNode> resources(String type) {
    Map<String, JsonNode> found = new TreeMap<>();
    template()
        .path("Resources")
        .properties()
        .forEach(resource -> {
          if (resource.getValue().path("Type").textValue().equals(type)) {
            found.put(resource.getKey(), resource.getValue());
          }
        });
    return found;
  }

  /** Properties of the resources of a type, by logical id. */
  Map<String, JsonNode> properties(String type) {
    Map<String, JsonNode> found = new LinkedHashMap<>();
    resources(type).forEach((id, resource) -> found.put(id, resource.path("Properties")));
    return found;
  }

  /** A file that synthesis wrote. */
  String text(String file) {
    try {
      return Files.readString(folder().resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode json(String file) {
    try {
      return JsonMapper.builder().build().readTree(text(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path folder() {
    synchronized (MADE) {
      return MADE.computeIfAbsent(this, Templates::synthesise);
    }
  }

  private Path synthesise() {
    try {
      Path home = Files.createDirectories(Path.of("target", "synthesised", name()));
      Path jar = jar(home);
      Map<String, String> all = new TreeMap<>(context);
      all.put("jar", jar.toAbsolutePath().toString());
      Path out = home.resolve("out");
      BeckonApp.app(all, home, out).synth();
      return out;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A jar of the same bytes always, so that versions of functions keep their ids. */
  static Path jar(Path folder) throws IOException {
    Path jar = folder.resolve("code.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      ZipEntry entry = new ZipEntry("code.txt");
      entry.setTime(0);
      zip.putNextEntry(entry);
      zip.write("code".getBytes(StandardCharsets.UTF_8));
    }
    return jar;
  }
}
