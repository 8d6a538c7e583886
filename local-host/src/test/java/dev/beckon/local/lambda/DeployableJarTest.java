package dev.beckon.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is uploaded to Lambda: small, whole, and nothing that does not belong there. */
class DeployableJarTest {
  private static final long MOST_BYTES = 25_000_000;

  private static Path jar;
  private static List<String> entries;

  @BeforeAll
  static void open() throws IOException {
    jar = DeployableJar.in(Path.of(".."));
    try (JarFile file = new JarFile(jar.toFile())) {
      entries = file.stream().map(ZipEntry::getName).toList();
    }
  }

  @Test
  void jar_size_isSmall_andListedByPackage() throws IOException {
    Map<String, Long> contents = DeployableJar.contents(jar);
    String list =
        contents.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
            .map(entry ->
                String.format(Locale.ROOT, "%,12d  %s%n", entry.getValue(), entry.getKey()))
            .collect(Collectors.joining());
    long size = Files.size(jar);
    Files.writeString(
        jar.resolveSibling("beckon-aws-contents.txt"),
        String.format(Locale.ROOT, "%,12d  %s%n%n", size, jar.getFileName()) + list);

    assertThat(contents.values().stream().mapToLong(Long::longValue).sum())
        .as("the list accounts for the jar")
        .isBetween(size * 98 / 100, size);
    assertThat(size).as("bytes; the largest parts are:\n" + list).isLessThan(MOST_BYTES);
  }

  @Test
  void jar_entries_noneTwice_noneForeign() {
    assertThat(entries)
        .doesNotHaveDuplicates()
        .contains(
            "dev/beckon/aws/HttpDoorHandler.class",
            "META-INF/LICENSE-beckon",
            "META-INF/LICENSE",
            "META-INF/NOTICE");
    assertThat(entries)
        .as("brought by the managed runtime, signatures of jars that are no longer those, tests")
        .noneMatch(entry ->
            entry.startsWith("com/amazonaws/services/lambda/runtime/api/client")
                || entry.startsWith("org/junit")
                || entry.startsWith("org/assertj")
                || entry.startsWith("io/netty")
                || entry.endsWith("module-info.class")
                || entry.matches("META-INF/[^/]+[.](SF|RSA|DSA)"));
  }

  @Test
  void jar_servicesOfSeveralLibraries_areMerged() throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      String warmUps =
          new String(
              file.getInputStream(
                      file.getEntry(
                          "META-INF/services/software.amazon.awssdk.core.warmup.SdkWarmUpProvider"))
                  .readAllBytes(),
              StandardCharsets.UTF_8);
      assertThat(warmUps.lines()).hasSizeGreaterThan(1);
      assertThat(file.isMultiRelease()).isTrue();
    }
  }

  @Test
  void in_noJarOrAnOldOne_namesTheCommandThatMakesIt(@TempDir Path home) throws IOException {
    assertThatThrownBy(() -> DeployableJar.in(home))
        .hasMessageContaining("beckon-aws.jar is missing; ./mvnw -DskipTests package makes it");

    Path made = home.resolve("aws-handlers/target/beckon-aws.jar");
    Files.createDirectories(made.getParent());
    Files.write(made, new byte[1]);
    Path changed = home.resolve("vendors/target/classes/Changed.class");
    Files.createDirectories(changed.getParent());
    Files.write(changed, new byte[1]);
    Files.setLastModifiedTime(changed, FileTime.from(Instant.now().plusSeconds(60)));

    assertThatThrownBy(() -> DeployableJar.in(home)).hasMessageContaining("is older than");
    Files.setLastModifiedTime(changed, FileTime.from(Instant.now().minusSeconds(60)));
    assertThat(DeployableJar.in(home)).isEqualTo(made.toRealPath());
  }
}
