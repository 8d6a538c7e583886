package dev.beckon.local.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.microsoft.azure.functions.HttpRequestMessage;
import dev.beckon.local.functions.app.TestFunctions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedAppTest {
  private static final AppSettings SETTINGS =
      new AppSettings(Map.of("Store", "UseDevelopmentStorage=true", "QUEUE", "jobs"));

  @TempDir Path folder;

  private StagedAppException refused(AppSettings settings) {
    return catchThrowableOfType(
        StagedAppException.class, () -> StagedApp.load(folder, settings).close());
  }

  @Test
  void load_aStagedFolder_hasItsFunctionsAndRules() throws IOException {
    StagedFolder.in(folder).work("work").forward().http().tick("0 * * * * *");

    try (StagedApp app = StagedApp.load(folder, SETTINGS)) {
      assertThat(app.functions())
          .extracting(AppFunction::name)
          .containsExactly("a-keyed", "bytes", "echo", "forward", "tick", "work");
      assertThat(app.host().queues().batchSize()).isEqualTo(2);
      assertThat(app.host().queues().base64()).isTrue();
      assertThat(app.host().functionTimeout()).contains(Duration.ofMinutes(5));
    }
  }

  @Test
  void classes_ofThisProgram_areNotTheApps() throws Exception {
    StagedFolder.in(folder);

    try (AppClasses classes = new AppClasses(List.of(folder.resolve("tests.jar")))) {
      assertThatThrownBy(() -> classes.loader().loadClass("dev.beckon.local.Parts"))
          .isInstanceOf(ClassNotFoundException.class);
      assertThatThrownBy(() -> classes.loader().loadClass("org.slf4j.Logger"))
          .isInstanceOf(ClassNotFoundException.class);
      assertThat(classes.loader().loadClass(HttpRequestMessage.class.getName()))
          .isSameAs(HttpRequestMessage.class);
      assertThat(classes.loader().loadClass("dev.beckon.local.functions.app.TestFunctions"))
          .isNotSameAs(TestFunctions.class);
    }
  }

  @Test
  void load_whatIsNoFolder_saysSo() {
    assertThatThrownBy(() -> StagedApp.load(folder.resolve("none"), SETTINGS))
        .isInstanceOf(StagedAppException.class)
        .hasMessageContaining("./mvnw package")
        .hasMessageContaining("does not exist");
  }

  @Test
  void load_manyFaults_namesThemAll() throws IOException {
    StagedFolder.in(folder)
        .host(
            """
            {"functionTimeout": "5 min",
             "extensions": {"queues": {"batchSize": 33, "visibilityTimeout": "x",
                                       "messageEncoding": "utf-7"}}}
            """)
        .work("work")
        .work("WORK")
        .function("ghost", "nothing", StagedFolder.binding("timerTrigger", "t", "schedule", "* *"))
        .function("twice", "twice", StagedFolder.binding("queueTrigger", "t", "queueName", "jobs"))
        .function("unbound", "unbound", StagedFolder.binding("queueTrigger", "t", "queueName", "A"))
        .function("none", "work")
        .function(
            "misnamed", "work", StagedFolder.binding("queueTrigger", "m", "queueName", "jobs"))
        .function("blob", "work", StagedFolder.binding("blobTrigger", "message", "path", "x"))
        .described("jarless", "{\"scriptFile\": \"../no.jar\", \"entryPoint\": \"a.B.c\"}")
        .described("broken", "{");

    StagedAppException refused = refused(new AppSettings(Map.of()));

    assertThat(refused.faults().stream().sorted().toList())
        .satisfies(faults -> {
          for (String wanted :
              List.of(
                  "host.json: version",
                  "host.json: extensionBundle",
                  "host.json functionTimeout: ",
                  "host.json batchSize: ",
                  "host.json visibilityTimeout: ",
                  "host.json messageEncoding: ",
                  "work: another function has this name",
                  "work queueName: the setting QUEUE is missing",
                  "work connection: the connection Store",
                  "ghost schedule: ",
                  "ghost: entryPoint",
                  "twice: entryPoint",
                  "unbound: the parameter",
                  "unbound queueName: \"A\"",
                  "none: has 0 triggers",
                  "misnamed: function.json has no input message",
                  "misnamed: no parameter is bound to m",
                  "blob: this host does not know the trigger blobTrigger",
                  "jarless: scriptFile is missing",
                  "broken/function.json: ")) {
            assertThat(faults).anyMatch(fault -> fault.startsWith(wanted), wanted);
          }
        });
  }

  @Test
  void load_theAppThatIsPublished_hasNoFault() {
    Path published = Path.of("../azure-handlers/target/azure-functions/beckon");
    assertThat(published).as("staged app; make it by ./mvnw -DskipTests package").isDirectory();

    try (StagedApp app =
        StagedApp.load(
            published,
            new AppSettings(Map.of("AzureWebJobsStorage", "UseDevelopmentStorage=true")))) {
      assertThat(app.functions())
          .extracting(AppFunction::name)
          .contains("chunk", "dispatch-bulk", "dispatch-priority", "file-drop", "http", "sweep");
      assertThat(app.host().queues().maxDequeueCount()).isEqualTo(10);
    }
  }

  @Test
  void settings_asArguments_comeBack() {
    FunctionsHostSettings settings =
        FunctionsHostSettings.of(folder.toAbsolutePath())
            .on(81)
            .faster(20)
            .withTimersEvery(Duration.ofSeconds(2));

    assertThat(FunctionsHostSettings.fromArguments(settings.toArguments())).isEqualTo(settings);
    assertThatThrownBy(() -> FunctionsHostSettings.fromArguments(List.of("port=1")))
        .hasMessageContaining("app=");
  }
}
