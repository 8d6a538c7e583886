package dev.beckon.local.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The staged function app in one file, the same bytes for the same app. */
final class AppPackage {
  /** Settings of a developer's own machine. */
  private static final String LOCAL = "local.settings.json";

  private static final FileTime ALWAYS = FileTime.fromMillis(1_000_000_000_000L);

  private AppPackage() {}

  static void write(Path staged, Path zip) throws IOException {
    Files.createDirectories(zip.toAbsolutePath().getParent());
    List<Path> files;
    try (Stream<Path> found = Files.walk(staged)) {
      files =
          found
              .filter(Files::isRegularFile)
              .filter(file -> !file.equals(staged.resolve(LOCAL)))
              .sorted()
              .toList();
    }
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (Path file : files) {
        ZipEntry entry = new ZipEntry(staged.relativize(file).toString().replace('\\', '/'));
        entry.setLastModifiedTime(ALWAYS);
        out.putNextEntry(entry);
        Files.copy(file, out);
        out.closeEntry();
      }
    }
  }
}
