package dev.beckon.local.lambda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The jar that is uploaded to Lambda. */
public final class DeployableJar {
  static final String NAME = "beckon-aws.jar";

  private static final String MAKE = "./mvnw -DskipTests package";

  private DeployableJar() {}

  /**
   * The jar in a checkout.
   *
   * @param home the checkout's folder
   * @throws IllegalStateException when it was not made yet, or before the last change of code
   */
  public static Path in(Path home) throws IOException {
    Path jar = home.resolve("aws-handlers").resolve("target").resolve(NAME);
    if (!Files.exists(jar)) {
      throw new IllegalStateException(jar + " is missing; " + MAKE + " makes it");
    }
    FileTime made = Files.getLastModifiedTime(jar);
    for (String module : List.of("functions-core", "vendors", "aws-handlers/s3", "aws-handlers")) {
      Optional<Path> newer = newer(home.resolve(module).resolve("target").resolve("classes"), made);
      if (newer.isPresent()) {
        throw new IllegalStateException(
            jar + " is older than " + newer.get() + "; " + MAKE + " makes it anew");
      }
    }
    return jar.toRealPath();
  }

  private static Optional<Path> newer(Path classes, FileTime made) throws IOException {
    if (!Files.isDirectory(classes)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .filter(file -> modified(file).compareTo(made) > 0)
          .findFirst();
    }
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes inside the jar, as packed, by package: those of one library stand side by side. */
  public static Map<String, Long> contents(Path jar) throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      zip.stream()
          .filter(entry -> !entry.isDirectory())
          .forEach(entry -> sizes.merge(group(entry.getName()), packed(entry), Long::sum));
    }
    return sizes;
  }

  /** With what the entry's own two headers take. */
  private static long packed(ZipEntry entry) {
    return entry.getCompressedSize() + 2L * entry.getName().length() + 76;
  }

  private static String group(String entry) {
    List<String> folders = List.of(entry.split("/", -1));
    int deepest = entry.startsWith("software/amazon/awssdk/services/") ? 5 : 3;
    int depth = Math.min(deepest, folders.size() - 1);
    return depth == 0 ? "(top)" : String.join("/", folders.subList(0, depth));
  }
}
