package dev.beckon.bicep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of this folder, and files made up by tests. */
final class Bicep {
  private static Map<String, Source> files = Map.of();

  private Bicep() {}

  /** Paths of all of them. */
  static List<Path> paths() {
    try (Stream<Path> modules = Files.list(Path.of("modules"))) {
      return Stream.concat(
              Stream.of(Path.of("main.bicep")),
              modules.filter(path -> path.toString().endsWith(".bicep")).sorted())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All of them, read once. */
  static synchronized Map<String, Source> files() {
    if (files.isEmpty()) {
      Map<String, String> texts = new TreeMap<>();
      paths().forEach(path -> texts.put(path.toString().replace('\\', '/'), text(path)));
      files = parsed(texts);
    }
    return files;
  }

  static Source main() {
    return files().get("main.bicep");
  }

  static Source module(String name) {
    return files().get("modules/" + name + ".bicep");
  }

  static Rules rules() {
    return new Rules(files());
  }

  /** Rules over made-up files. */
  static Rules rules(Map<String, String> texts) {
    return new Rules(parsed(texts));
  }

  static String text(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Source> parsed(Map<String, String> texts) {
    Map<String, Source> sources = new TreeMap<>();
    Grammar.parse(texts).forEach((name, root) -> sources.put(name, new Source(name, root)));
    return sources;
  }
}
