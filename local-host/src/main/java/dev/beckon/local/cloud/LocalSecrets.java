package dev.beckon.local.cloud;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The secrets of a local cloud in a file that only its owner can read. What is there is kept: what
 * was stored under its keys stays readable.
 */
final class LocalSecrets {
  /** Names of what the far ends want to see. */
  static final String SPARKPOST_KEY = "sparkpost-key";

  static final String MESSAGEBIRD_KEY = "messagebird-key";

  private static final List<String> NAMES =
      List.of("beckon-master-key", "beckon-hash-key", SPARKPOST_KEY, MESSAGEBIRD_KEY);

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path file;
  private final Map<String, String> values;

  private LocalSecrets(Path file, Map<String, String> values) {
    this.file = file;
    this.values = values;
  }

  /** Reads the secrets of a folder, and makes those that are not there. */
  static LocalSecrets in(Path folder) throws IOException {
    Path file = folder.resolve("secrets.json");
    Map<String, String> values = new TreeMap<>();
    if (Files.isReadable(file)) {
      values.putAll(JSON.readValue(file.toFile(), new TypeReference<Map<String, String>>() {}));
    }
    if (!values.keySet().containsAll(NAMES)) {
      SecureRandom random = new SecureRandom();
      NAMES.forEach(name -> values.computeIfAbsent(name, made -> key(random)));
      Files.createDirectories(folder);
      if (Files.notExists(file)) {
        Files.createFile(file);
      }
      file.toFile().setReadable(false, false);
      file.toFile().setReadable(true, true);
      Files.writeString(file, JSON.writeValueAsString(values));
    }
    return new LocalSecrets(file, values);
  }

  /** Where they lie. */
  Path file() {
    return file;
  }

  String get(String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  private static String key(SecureRandom random) {
    byte[] key = new byte[32];
    random.nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }
}
