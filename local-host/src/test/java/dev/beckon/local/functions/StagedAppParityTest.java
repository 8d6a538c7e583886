package dev.beckon.local.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.beckon.app.EntryPoint;
import dev.beckon.azure.AzureFunctions;
import dev.beckon.azure.QueueNames;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is published to Azure: every entry point, nothing foreign, and small. */
class StagedAppParityTest {
  private static final Path APP = Path.of("../azure-handlers/target/azure-functions/beckon");
  private static final Path SOURCES = Path.of("../azure-handlers/src/main/java/dev/beckon/azure");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Java 21's, which the app is provisioned with. */
  private static final int NEWEST_CLASS_FILE = 65;

  private static final long MOST_BYTES = 40_000_000;
  private static final int MOST_LINES = 60;

  private static final Map<String, JsonNode> FUNCTIONS = new TreeMap<>();

  @BeforeAll
  static void read() throws IOException {
    assertThat(APP).as("staged app; make it by ./mvnw -DskipTests package").isDirectory();
    try (Stream<Path> folders = Files.list(APP)) {
      for (Path folder : folders.toList()) {
        Path function = folder.resolve("function.json");
        if (Files.exists(function)) {
          FUNCTIONS.put(
              folder.getFileName().toString(), JSON.readTree(Files.readAllBytes(function)));
        }
      }
    }
  }

  private static JsonNode trigger(String function) {
    return FUNCTIONS.get(function).path("bindings").path(0);
  }

  @Test
  void functions_staged_areThoseOfTheEntryPointsAndTheDoorOfSns() {
    List<String> expected =
        Arrays.stream(EntryPoint.values())
            .flatMap(point -> AzureFunctions.names(point).stream())
            .collect(Collectors.toCollection(ArrayList::new));
    List<String> others = new ArrayList<>(FUNCTIONS.keySet());
    others.removeAll(expected);

    assertThat(FUNCTIONS.keySet()).containsAll(expected);
    assertThat(others)
        .as("functions without an entry point")
        .allSatisfy(
            name -> assertThat(trigger(name).path("route").asText()).isEqualTo("events/sns"));
  }

  @ParameterizedTest
  @EnumSource(names = {"FILE_DROP", "CHUNK", "DISPATCH_PRIORITY", "DISPATCH_BULK"})
  void queueFunctions_triggers_nameTheQueueOfTheEntryPoint(EntryPoint point) {
    assertThat(AzureFunctions.names(point))
        .allSatisfy(name -> assertThat(queue(name)).isEqualTo(QueueNames.of(point)));
  }

  @Test
  void deadLetterFunctions_triggers_areThePoisonQueueOfEveryQueue() {
    assertThat(AzureFunctions.names(EntryPoint.DEAD_LETTER))
        .extracting(StagedAppParityTest::queue)
        .containsExactlyInAnyOrder(
            QueueNames.FILES + QueueNames.POISON,
            QueueNames.CHUNKS + QueueNames.POISON,
            QueueNames.PRIORITY + QueueNames.POISON,
            QueueNames.BULK + QueueNames.POISON);
  }

  private static String queue(String function) {
    JsonNode trigger = trigger(function);
    assertThat(trigger.path("type").asText()).isEqualTo("queueTrigger");
    assertThat(trigger.path("connection").asText()).isEqualTo("AzureWebJobsStorage");
    return trigger.path("queueName").asText();
  }

  @Test
  void timerAndHttp_triggers_areEachMinuteAndEveryPathForAnybody() {
    assertThat(trigger("sweep").path("schedule").asText()).isEqualTo("0 * * * * *");
    JsonNode http = trigger("http");
    assertThat(http.path("route").asText()).isEqualTo("{*path}");
    assertThat(http.path("authLevel").asText()).isEqualToIgnoringCase("anonymous");
    assertThat(http.path("methods")).hasSize(7);
  }

  @Test
  void http_takesEveryPath_soItsNameIsTheLastOfThoseWithARoute() {
    // the host matches routes in the order of the functions' names
    List<String> routed =
        FUNCTIONS.keySet().stream()
            .filter(name -> trigger(name).has("route"))
            .sorted(String.CASE_INSENSITIVE_ORDER)
            .toList();

    assertThat(routed.getLast()).isEqualTo("http");
  }

  @Test
  void entryPoints_ofFunctions_areMethodsInOurJar_inShortClasses() throws IOException {
    for (JsonNode function : FUNCTIONS.values()) {
      String entry = function.path("entryPoint").asText();
      String type = entry.substring(0, entry.lastIndexOf('.'));
      Path jar = APP.resolve("any").resolve(function.path("scriptFile").asText()).normalize();
      try (JarFile file = new JarFile(jar.toFile())) {
        assertThat(file.getEntry(type.replace('.', '/') + ".class")).as(entry).isNotNull();
      }
      if (type.startsWith("dev.beckon.azure.") && type.indexOf('.', 17) < 0) {
        assertThat(Files.readAllLines(SOURCES.resolve(type.substring(17) + ".java")))
            .as(type)
            .hasSizeLessThan(MOST_LINES);
      }
    }
  }

  @Test
  void hostJson_queues_giveTenAttemptsAndMoreTimeThanAnyDeadline() throws IOException {
    JsonNode host = JSON.readTree(Files.readAllBytes(APP.resolve("host.json")));
    JsonNode queues = host.path("extensions").path("queues");

    assertThat(queues.path("maxDequeueCount").asInt()).isEqualTo(10);
    assertThat(queues.path("visibilityTimeout").asText()).isEqualTo("00:02:00");
    assertThat(queues.path("messageEncoding").asText()).isEqualTo("none");
    assertThat(queues.path("batchSize").asInt() + queues.path("newBatchThreshold").asInt())
        .isEqualTo(3);
    assertThat(host.path("extensionBundle").path("version").asText()).isEqualTo("[4.0.0, 5.0.0)");
    assertThat(host.path("extensions").path("http").path("routePrefix").asText("-")).isEmpty();
    assertThat(
            Duration.ofSeconds(
                LocalTime.parse(host.path("functionTimeout").asText()).toSecondOfDay()))
        .isGreaterThan(Duration.ofMinutes(15));
  }

  @Test
  void settings_forAMachineOfOnesOwn_holdNoSecretAndAreNotPublished() throws IOException {
    JsonNode settings = JSON.readTree(Files.readAllBytes(APP.resolve("local.settings.json")));
    List<String> names = new ArrayList<>();
    settings.path("Values").fieldNames().forEachRemaining(names::add);

    assertThat(names).containsExactly("FUNCTIONS_WORKER_RUNTIME");
    assertThat(Files.readString(Path.of("../azure-handlers/.funcignore")))
        .contains("local.settings.json");
  }

  private static List<Path> jars() throws IOException {
    try (Stream<Path> files = Files.walk(APP)) {
      return files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
  }

  @Test
  void jars_size_isSmall_andListed() throws IOException {
    List<Path> jars = new ArrayList<>(jars());
    jars.sort(Comparator.comparing((Path jar) -> jar.toFile().length()).reversed());
    long size = jars.stream().mapToLong(jar -> jar.toFile().length()).sum();
    String list =
        jars.stream()
            .map(jar ->
                String.format(Locale.ROOT, "%,12d  %s%n", jar.toFile().length(), jar.getFileName()))
            .collect(Collectors.joining());
    Files.writeString(
        APP.resolveSibling("beckon-azure-contents.txt"),
        String.format(Locale.ROOT, "%,12d  in all%n%n", size) + list);

    assertThat(size).as("bytes; the largest are:%n%s", list).isLessThan(MOST_BYTES);
  }

  @Test
  void jars_libraries_holdNothingOfTestsAndNothingTheWorkerBrings() throws IOException {
    assertThat(jars())
        .extracting(jar -> jar.getFileName().toString())
        .noneMatch(name ->
            name.matches(
                ".*(netty|junit|assertj|mongo-java-server|azurite|-tests|slf4j-simple|lambda|sqs|kms).*"))
        .noneMatch(name ->
            name.startsWith("azure-functions-java-core-library")
                || name.startsWith("azure-functions-java-spi"));
  }

  @Test
  void classes_inEveryJar_runOnTheJavaThatIsProvisioned() throws IOException {
    List<String> newer = new ArrayList<>();
    for (Path jar : jars()) {
      try (JarFile file = new JarFile(jar.toFile())) {
        for (JarEntry entry : file.stream().toList()) {
          String name = entry.getName();
          if (name.endsWith(".class") && !name.startsWith("META-INF/versions/")) {
            try (DataInputStream in = new DataInputStream(file.getInputStream(entry))) {
              in.readInt();
              in.readUnsignedShort();
              int version = in.readUnsignedShort();
              if (version > NEWEST_CLASS_FILE) {
                newer.add(jar.getFileName() + "!" + name + " " + version);
              }
            }
          }
        }
      }
    }

    assertThat(newer).isEmpty();
  }
}
