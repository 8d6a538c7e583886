package dev.beckon.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.beckon.app.EntryPoint;
import dev.beckon.local.Parts;
import dev.beckon.local.demo.Rig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in a function's memory when its snapshot is taken, by the runtime client's own hooks. */
class SnapStartTest {
  /** What holds secrets, connections or the state of a random number generator. */
  private static final List<String> NOT_IN_A_SNAPSHOT =
      List.of(
          "dev.beckon.account.Secret",
          "dev.beckon.app.Core",
          "dev.beckon.privacy.Sealer",
          "java.util.SplittableRandom",
          "com.mongodb.client.internal.MongoClientImpl");

  @TempDir static Path folder;
  private static final Parts PARTS = new Parts();
  private static Rig rig;

  @BeforeAll
  static void start() throws IOException {
    rig = PARTS.keep(Rig.start(folder, 0, 0, Duration.ZERO));
  }

  @AfterAll
  static void stop() {
    PARTS.close();
  }

  @Test
  void snapshot_ofAPrimedFunction_holdsNoSecretNoConnectionAndNoRandomState() throws Exception {
    Map<String, String> variables = rig.cloud.workerEnvironment();
    Map<String, String> secrets = secrets(variables.get("BECKON_SECRETS"));
    LocalLambda lambda =
        LocalLambda.deploy(DeployableJar.in(Path.of("..")), folder.resolve("snap"), 512, variables);
    try (FunctionProcess process =
        FunctionProcess.start(lambda.launch("snap", EntryPoint.HTTP).withSnapStart())) {
      process.awaitCheckpoint(Duration.ofMinutes(2));
      assertThat(living(process)).doesNotContainAnyElementsOf(NOT_IN_A_SNAPSHOT);
      assertThat(living(process)).as("primed").contains("dev.beckon.aws.HttpDoorHandler");
      assertThat(heap(process, "before", secrets)).isEmpty();

      process.restore();
      process.awaitReady(Duration.ofMinutes(1));

      assertThat(living(process)).containsAll(NOT_IN_A_SNAPSHOT);
      assertThat(heap(process, "after", secrets)).as("the search finds them").isNotEmpty();
    }
  }

  private static Map<String, String> secrets(String where) throws IOException {
    JsonNode file =
        new ObjectMapper().readTree(Files.readString(Path.of(where.replace("file:", ""))));
    Map<String, String> secrets = new LinkedHashMap<>();
    file.properties().forEach(one -> secrets.put(one.getKey(), one.getValue().asText()));
    assertThat(secrets).isNotEmpty();
    return secrets;
  }

  /** Names of the classes that have reachable instances. */
  private static List<String> living(FunctionProcess process) throws Exception {
    return jcmd(process, "GC.class_histogram")
        .lines()
        .map(line -> line.strip().split("\\s+"))
        .filter(columns -> columns.length >= 4)
        .map(columns -> columns[3])
        .toList();
  }

  /** Which secrets are in the reachable heap. */
  private static List<String> heap(
      FunctionProcess process, String name, Map<String, String> secrets) throws Exception {
    Path dump = folder.toAbsolutePath().resolve(name + ".hprof");
    jcmd(process, "GC.heap_dump", dump.toString());
    String heap = Files.readString(dump, StandardCharsets.ISO_8859_1);
    return secrets.entrySet().stream()
        .filter(secret -> heap.contains(secret.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String jcmd(FunctionProcess process, String... order) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
    command.add(Long.toString(process.pid()));
    command.addAll(List.of(order));
    Path out = folder.resolve("jcmd.txt");
    Process running =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    assertThat(running.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(running.exitValue()).isZero();
    return Files.readString(out);
  }
}
