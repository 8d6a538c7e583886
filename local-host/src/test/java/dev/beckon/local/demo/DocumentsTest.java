package dev.beckon.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a document promises is worth as much as the tests it names. */
class DocumentsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|.*$");
  private static final Pattern NAMED = Pattern.compile("`(\\w+)\\.(\\w+)`");
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|Contract))(?:\\.(\\w+))?`");

  @Test
  void defects_each_hasARowWithATestThatExists() throws IOException {
    String document = Files.readString(ROOT.resolve("docs/defects-of-the-original.md"));
    Map<String, String> sources = testSources();
    List<Integer> numbers = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (MatchResult row : ROW.matcher(document).results().toList()) {
      numbers.add(Integer.parseInt(row.group(1)));
      List<MatchResult> named = NAMED.matcher(row.group()).results().toList();
      assertThat(named).as(row.group()).isNotEmpty();
      for (MatchResult test : named) {
        if (!exists(sources, test.group(1), test.group(2))) {
          missing.add(row.group(1) + ": " + test.group());
        }
      }
    }
    assertThat(numbers).isEqualTo(IntStream.rangeClosed(1, 29).boxed().toList());
    assertThat(missing).as("tests that do not exist, or that nothing runs").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"guarantees.md", "protocol/README.md"})
  void document_everyTestItNames_exists(String name) throws IOException {
    String document = Files.readString(ROOT.resolve("docs").resolve(name));
    Map<String, String> sources = testSources();
    List<MatchResult> named = TEST.matcher(document).results().toList();
    List<String> missing = new ArrayList<>();
    for (MatchResult test : named) {
      String method = test.group(2);
      boolean there =
          method == null
              ? sources.containsKey(test.group(1))
              : exists(sources, test.group(1), method);
      if (!there) {
        missing.add(test.group());
      }
    }
    assertThat(named).hasSizeGreaterThan(20);
    assertThat(missing).as("tests that do not exist, or that nothing runs").isEmpty();
  }

  @Test
  void events_codesOfTheCode_areThoseOfTheDocument() throws IOException {
    Pattern written = Pattern.compile("Level\\.[A-Z]+,\\s*\"([a-z-]+)\"");
    String sources = mainSources();
    Set<String> codes = new TreeSet<>();
    written.matcher(sources).results().forEach(m -> codes.add(m.group(1)));
    Set<String> documented = new TreeSet<>();
    Files.readString(ROOT.resolve("docs/events.md"))
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.substring(0, line.indexOf(" |", 2)))
        .forEach(cell ->
            Pattern.compile("`([a-z-]+)`")
                .matcher(cell)
                .results()
                .forEach(m -> documented.add(m.group(1))));

    assertThat(codes).hasSizeGreaterThan(10).isSubsetOf(documented);
    assertThat(documented).allSatisfy(code -> assertThat(sources).contains('"' + code + '"'));
  }

  @Test
  void guarantees_everyPromise_namesATest() throws IOException {
    String document = Files.readString(ROOT.resolve("docs/guarantees.md"));
    List<String> promises = List.of(document.split("(?m)^## "));
    for (String promise : promises.subList(1, promises.size() - 1)) {
      assertThat(TEST.matcher(promise).find()).as(promise.lines().findFirst().orElse("")).isTrue();
    }
  }

  /** An abstract contract counts when some class runs it. */
  private static boolean exists(Map<String, String> sources, String type, String method) {
    String source = sources.getOrDefault(type, "");
    // package-private and without a result: what JUnit runs, and no helper is named like that
    boolean isTest = source.contains("\n  void " + method + "(") && source.contains("Test\n");
    boolean isAbstract = source.contains("abstract class " + type);
    return isTest
        && (!isAbstract
            || sources.values().stream().anyMatch(other -> other.contains("extends " + type)));
  }

  private static String mainSources() throws IOException {
    StringBuilder sources = new StringBuilder();
    try (Stream<Path> files = Files.walk(ROOT.resolve("functions-core/src/main/java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        sources.append(Files.readString(file));
      }
    }
    return sources.toString();
  }

  private static Map<String, String> testSources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    for (String module :
        List.of("functions-core", "aws-handlers", "aws-handlers/s3", "vendors", "local-host")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          String name = file.getFileName().toString();
          sources.put(name.substring(0, name.length() - ".java".length()), Files.readString(file));
        }
      }
    }
    return sources;
  }
}
