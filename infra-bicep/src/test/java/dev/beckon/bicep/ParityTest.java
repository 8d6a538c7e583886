package dev.beckon.bicep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.app.EntryPoint;
import dev.beckon.azure.QueueNames;
import dev.beckon.bicep.Source.Declaration;
import dev.beckon.config.ConfigKey;
import dev.beckon.telemetry.Metric;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Bicep files have what the code has: variables, queues, functions, figures. */
class ParityTest {
  private static final Path STAGED = Path.of("../azure-handlers/target/azure-functions/beckon");

  /** The version of class files that Java 1 wrote, less one. */
  private static final int BEFORE_JAVA_1 = 44;

  @BeforeEach
  void grammar() {
    Grammar.isNeeded();
  }

  private static Tree value(Source source, String variable) {
    return source.variable(variable).node().last();
  }

  private static List<String> strings(Tree tree) {
    return tree.all("string").map(Tree::string).toList();
  }

  private static Declaration resource(Source source, String symbol) {
    return source.resources().stream()
        .filter(one -> one.name().equals(symbol))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void app_isSetEveryVariableOfADeployment_andNoOther() {
    Set<String> wanted =
        Arrays.stream(ConfigKey.values())
            .filter(key -> key.setter() != ConfigKey.Setter.WORKBENCH)
            .map(ConfigKey::variable)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(value(Bicep.main(), "settings").keys()).hasSameElementsAs(wanted);
    assertThat(value(Bicep.module("function-app"), "hostSettings").keys())
        .noneMatch(key -> key.startsWith(ConfigKey.PREFIX))
        .doesNotContain("AzureWebJobsStorage");
  }

  @Test
  void queues_areThoseOfTheCode_eachWithItsPoisonQueue() {
    assertThat(strings(value(Bicep.main(), "lanes")))
        .containsExactly(QueueNames.FILES, QueueNames.CHUNKS, QueueNames.PRIORITY, QueueNames.BULK);
    Source lane = Bicep.module("dispatch-lane");
    assertThat(resource(lane, "work").body().property("name").orElseThrow().code())
        .isEqualTo("queue");
    assertThat(resource(lane, "poison").body().property("name").orElseThrow().string())
        .isEqualTo("${queue}" + QueueNames.POISON);
    assertThat(value(Bicep.main(), "settings").property("BECKON_BULK_QUEUE").orElseThrow().string())
        .isEqualTo("${queues}${lanes.3}");
  }

  @Test
  void events_areThoseOfTheFeedsFolders_intoTheFilesQueue() {
    Tree filter =
        resource(Bicep.module("file-events"), "dropped")
            .body()
            .property("properties")
            .flatMap(properties -> properties.property("filter"))
            .orElseThrow();

    assertThat(strings(filter))
        .containsExactly(
            "Microsoft.Storage.BlobCreated",
            "/blobServices/default/containers/${filesContainer}/blobs/",
            "StringContains",
            "subject",
            "/incoming/",
            "/check/");
    Tree given =
        Bicep.main().modules().stream()
            .filter(module -> module.name().equals("fileEvents"))
            .findFirst()
            .orElseThrow()
            .body()
            .property("params")
            .orElseThrow();
    assertThat(given.property("queue").orElseThrow().code()).isEqualTo("lanes.0");
    assertThat(given.property("filesContainer").orElseThrow().code()).isEqualTo("filesContainer");
  }

  @Test
  void runtime_isNoOlderThanTheClassesItRuns() throws IOException {
    Tree runtime =
        resource(Bicep.module("function-app"), "app")
            .node()
            .all("object_property")
            .filter(property -> property.child(0).text().equals("runtime"))
            .findFirst()
            .orElseThrow()
            .last();
    assertThat(runtime.property("name").orElseThrow().string()).isEqualTo("java");
    int offered = Integer.parseInt(runtime.property("version").orElseThrow().string());

    for (Class<?> one : List.of(QueueNames.class, ConfigKey.class, EntryPoint.class)) {
      assertThat(javaOf(one)).as(one.getName()).isLessThanOrEqualTo(offered);
    }
    // the JDK's own classes show that newer ones are told from older
    assertThat(javaOf(String.class)).isEqualTo(Runtime.version().feature());
  }

  private static int javaOf(Class<?> type) throws IOException {
    try (InputStream bytes =
        type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
      byte[] head = bytes.readNBytes(8);
      return (((head[6] & 0xff) << 8) | (head[7] & 0xff)) - BEFORE_JAVA_1;
    }
  }

  @Test
  void stagedApp_whereThereIsOne_hasAFunctionForEachEntryPoint_onQueuesOfTheBicep()
      throws IOException {
    Assumptions.assumeTrue(
        Files.isReadable(STAGED.resolve("host.json")), "skipped: the app is not staged");
    Set<String> functions = new TreeSet<>();
    Set<String> queues = new TreeSet<>();
    try (Stream<Path> folders = Files.list(STAGED)) {
      for (Path file : folders.map(folder -> folder.resolve("function.json")).toList()) {
        if (Files.isReadable(file)) {
          functions.add(file.getParent().getFileName().toString());
          JsonNode bindings =
              JsonMapper.builder().build().readTree(Files.readString(file)).path("bindings");
          bindings.forEach(binding -> {
            if (binding.path("type").asText().equals("queueTrigger")) {
              queues.add(binding.path("queueName").asText());
              assertThat(binding.path("connection").asText()).isEqualTo("AzureWebJobsStorage");
            }
          });
        }
      }
    }

    assertThat(functions)
        .contains("file-drop", "chunk", "dispatch-priority", "dispatch-bulk", "sweep", "http")
        .contains("events-sns");
    Set<String> provisioned = new TreeSet<>();
    for (String lane : strings(value(Bicep.main(), "lanes"))) {
      provisioned.add(lane);
      provisioned.add(lane + QueueNames.POISON);
    }
    assertThat(queues).isEqualTo(provisioned);
  }

  @Test
  void app_leavesPreflightsOfBrowsersToTheApi() {
    assertThat(
            resource(Bicep.module("function-app"), "app")
                .node()
                .all("object_property")
                .map(property -> property.child(0).text()))
        .contains("siteConfig")
        .doesNotContain("cors");
  }

  @Test
  void alwaysReady_namesFunctionsThatThereAre() {
    assertThat(
            strings(resource(Bicep.module("function-app"), "app").node()).stream()
                .filter(text -> text.startsWith("function:")))
        .containsExactly(
            "function:"
                + EntryPoint.DISPATCH_PRIORITY.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  @Test
  void figures_queried_areThoseTheCodeTells() {
    Set<String> told =
        Arrays.stream(Metric.values()).map(Metric::label).collect(Collectors.toSet());
    List<String> drawn =
        Bicep.module("operations-dashboard")
            .root()
            .all("object_property")
            .filter(property -> property.child(0).text().equals("metrics"))
            .flatMap(property -> strings(property.last()).stream())
            .toList();
    Pattern figure = Pattern.compile("figures\\.(\\w+)");
    List<String> watched =
        alarms().values().stream()
            .flatMap(query -> figure.matcher(query).results().map(found -> found.group(1)))
            .toList();

    assertThat(drawn).hasSizeGreaterThan(10).isSubsetOf(told);
    assertThat(watched)
        .containsExactlyInAnyOrder("OldestParcelAge", "ImportStuck", "InDoubt", "Dead", "Api5xx")
        .isSubsetOf(told);
  }

  @Test
  void alarms_all_haveAQueryThatGivesTheColumnTheyLookAt() {
    assertThat(alarms().keySet())
        .contains("dead-letters", "errors")
        .allSatisfy(label -> assertThat(Path.of("modules/queries", label + ".kql")).isReadable());
    assertThat(alarms().values())
        .allSatisfy(query -> assertThat(query).contains("summarize Value = "));
    assertThat(
            strings(resource(Bicep.module("observability"), "rules").body()).stream()
                .filter(text -> text.equals("Value")))
        .hasSize(1);
  }

  /** Labels of alarms and their queries. */
  private static Map<String, String> alarms() {
    Map<String, String> queries = new TreeMap<>();
    value(Bicep.module("observability"), "alarms")
        .children()
        .forEach(alarm ->
            queries.put(
                alarm.property("label").orElseThrow().string(),
                Bicep.text(
                    Path.of(
                        "modules",
                        alarm.property("query").orElseThrow().child(1).child(0).string()))));
    return queries;
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "qa", "prod"})
  void parameterFile_namesParametersThatThereAre_andAllThatAreNeeded(String profile) {
    JsonNode given = parameters(profile);

    assertThat(given.path("profile").path("value").asText()).isEqualTo(profile);
    assertThat(strings(value(Bicep.main(), "sizes"))).isNotEmpty();
    assertThat(value(Bicep.main(), "sizes").keys()).contains(profile);
    assertThat(Bicep.main().parameters().stream().map(Declaration::name))
        .containsAll(given.properties().stream().map(Map.Entry::getKey).toList());
    assertThat(Bicep.main().parameters().stream().filter(Rules::isRequired).map(Declaration::name))
        .allSatisfy(name -> assertThat(given.has(name)).isTrue());
  }

  private static JsonNode parameters(String profile) {
    try {
      return JsonMapper.builder()
          .build()
          .readTree(Bicep.text(Path.of("parameters", profile + ".parameters.json")))
          .path("parameters");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
