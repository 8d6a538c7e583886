package dev.beckon.azure.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import dev.beckon.app.EntryPoint;
import dev.beckon.azure.AzureFunctions;
import dev.beckon.telemetry.Metric;
import dev.beckon.telemetry.Tag;
import dev.beckon.telemetry.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No engine here runs the queries of alarms and of the manual, so this holds them to what is
 * written: every name in them is one of ours or one of the platform's tables.
 */
class QueriesTest {
  private static final Path ALARMS = Path.of("../infra-bicep/modules/queries");
  private static final Path HOST = Path.of("host.json");
  private static final Path MANUAL = Path.of("../docs/observability.md");

  private static final Pattern FIGURE = Pattern.compile("figures\\.([A-Za-z0-9]+)");
  private static final Pattern FIELD = Pattern.compile("\\bline\\.([A-Za-z0-9]+)");
  private static final Pattern BEGINNING = Pattern.compile("startswith '([^']+)'");
  private static final Pattern FUNCTION =
      Pattern.compile("OperationName (?:startswith|==|!in \\(|in \\()\\s*([^|\\n)]+)");
  private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");
  private static final Pattern FENCE = Pattern.compile("```kusto\n(.*?)```", Pattern.DOTALL);

  /** Fields of a log line beside its tags. */
  private static final Set<String> FIELDS =
      Set.of("level", "logger", "message", "installation", "error");

  private static String figures() {
    List<String> lines = new ArrayList<>();
    Tally meter = new Tally(new FigureLines("beckon-dev", lines::add));
    for (Metric metric : Metric.values()) {
      meter.add(metric, new EnumMap<>(Map.of(Tag.VENDOR, "smtp")), 1);
    }
    meter.flush();
    return lines.getFirst();
  }

  private static Map<String, String> alarms() throws IOException {
    try (Stream<Path> files = Files.list(ALARMS)) {
      return files.collect(
          Collectors.toMap(file -> file.getFileName().toString(), QueriesTest::text));
    }
  }

  private static List<String> manual() {
    return FENCE.matcher(text(MANUAL)).results().map(found -> found.group(1)).toList();
  }

  private static List<String> all() throws IOException {
    List<String> all = new ArrayList<>(alarms().values());
    all.addAll(manual());
    return all;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Set<String> found(Pattern what, String text) {
    return what.matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void alarms_all_areThoseOfAwsThatAzureHasFiguresFor() throws IOException {
    assertThat(alarms())
        .containsOnlyKeys(
            "dead-letters.kql",
            "errors.kql",
            "oldest-parcel.kql",
            "import-stuck.kql",
            "in-doubt.kql",
            "dead.kql",
            "api-5xx.kql");
    assertThat(alarms().values())
        .allSatisfy(
            query -> assertThat(query).contains("Value = ").contains(" by bin(TimeGenerated, 5m)"));
  }

  @Test
  void metrics_inQueries_areCounted() throws IOException {
    Set<String> known =
        Arrays.stream(Metric.values()).map(Metric::label).collect(Collectors.toSet());
    Arrays.stream(Tag.values()).map(Tag::label).forEach(known::add);
    known.add("installation");

    assertThat(all()).allSatisfy(query -> assertThat(known).containsAll(found(FIGURE, query)));
    assertThat(alarms().get("oldest-parcel.kql")).contains("figures.OldestParcelAge");
  }

  @Test
  void manual_ofMetrics_hasEveryOne() {
    String manual = String.join("\n", manual());

    assertThat(Metric.values())
        .allSatisfy(metric -> assertThat(manual).contains("figures." + metric.label()));
  }

  @Test
  void fields_inQueries_areWrittenInLines() throws IOException {
    Set<String> known = new HashSet<>(FIELDS);
    Arrays.stream(Tag.values()).map(Tag::label).forEach(known::add);

    assertThat(all()).allSatisfy(query -> assertThat(known).containsAll(found(FIELD, query)));
  }

  @Test
  void beginnings_inQueries_areThoseOfALineOfFigures() throws IOException {
    String line = figures();
    int matched = 0;
    for (String query : all()) {
      for (String beginning : found(BEGINNING, query)) {
        assertThat(line).startsWith(beginning);
        matched++;
      }
    }

    assertThat(matched).isGreaterThanOrEqualTo(6);
  }

  @Test
  void functions_inQueries_areThere() throws IOException {
    Set<String> names = new TreeSet<>(Set.of("events-sns"));
    for (EntryPoint point : EntryPoint.values()) {
      names.addAll(AzureFunctions.names(point));
    }
    int matched = 0;
    for (String query : all()) {
      Matcher places = FUNCTION.matcher(query);
      while (places.find()) {
        for (String quoted : found(QUOTED, places.group(1))) {
          assertThat(names).anyMatch(name -> name.startsWith(quoted));
          matched++;
        }
      }
    }

    assertThat(matched).isGreaterThanOrEqualTo(3);
  }

  @Test
  void host_ofTheApp_letsEveryLineAndCallThroughAndNoPath() throws IOException {
    JsonNode logging = JsonMapper.builder().build().readTree(text(HOST)).path("logging");
    JsonNode insights = logging.path("applicationInsights");

    assertThat(insights.at("/samplingSettings/excludedTypes").asText().split(";", -1))
        .contains("Trace", "Request");
    assertThat(insights.at("/httpAutoCollectionOptions/enableHttpTriggerExtendedInfoCollection"))
        .isEqualTo(BooleanNode.FALSE);
    assertThat(logging.path("logLevel").path("Function").asText()).isEqualTo("Information");
    assertThat(logging.path("logLevel").path("Host.Results").asText()).isEqualTo("Information");
  }
}
