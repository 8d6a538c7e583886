package dev.beckon.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.app.EntryPoint;
import dev.beckon.local.Parts;
import dev.beckon.local.demo.Rig;
import dev.beckon.local.poller.LambdaFunction;
import dev.beckon.local.poller.Outcome;
import dev.beckon.web.WebReply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of a function's process: starts, time-outs, exits, snapshots. */
class ProcessEnvironmentTest {
  /** Long enough for an answer that needs no store, on a busy machine. */
  private static final Duration SHORT = Duration.ofSeconds(4);

  private static final String HEALTH = Requests.event("/healthz");

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

  private static LocalLambda deploy(String name, Map<String, String> variables) throws IOException {
    return LocalLambda.deploy(
        DeployableJar.in(Path.of("..")), folder.resolve(name), 256, variables);
  }

  private static int status(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Returned.class);
    WebReply reply = HttpFunction.reply(((Outcome.Returned) outcome).json());
    return reply.status();
  }

  /** A process that is frozen stands for a handler that never comes back. */
  @Test
  void timeOut_killsTheProcess_andTheNextEventStartsAnother() throws Exception {
    LambdaFunction function =
        deploy("slow", rig.cloud.workerEnvironment()).function("slow", EntryPoint.HTTP, SHORT);
    try (ProcessEnvironment environment = (ProcessEnvironment) function.newEnvironment()) {
      assertThat(status(environment.invoke(HEALTH))).isEqualTo(200);
      long first = environment.pid();
      assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(first)).start().waitFor())
          .isZero();

      assertThat(environment.invoke(HEALTH)).isInstanceOf(Outcome.TimedOut.class);
      assertThat(environment.pid()).as("killed").isEqualTo(-1);
      assertThat(ProcessHandle.of(first)).isEmpty();

      assertThat(status(environment.invoke(HEALTH))).isEqualTo(200);
      assertThat(environment.pid()).isPositive().isNotEqualTo(first);
      assertThat(function.invocations()).isEqualTo(3);
      assertThat(function.timeouts()).isEqualTo(1);
      assertThat(function.errors()).isZero();
    }
  }

  @Test
  void exit_isAnError_andTheNextEventStartsAnother() throws IOException {
    LambdaFunction function =
        deploy("dying", rig.cloud.workerEnvironment())
            .function("dying", EntryPoint.HTTP, Duration.ofMinutes(1));
    try (ProcessEnvironment environment = (ProcessEnvironment) function.newEnvironment()) {
      assertThat(status(environment.invoke(HEALTH))).isEqualTo(200);
      long first = environment.pid();
      ProcessHandle.of(first).orElseThrow().destroyForcibly();
      ProcessHandle.of(first).ifPresent(dying -> dying.onExit().join());

      assertThat(status(environment.invoke(HEALTH))).isEqualTo(200);
      assertThat(environment.pid()).isPositive().isNotEqualTo(first);
    }
  }

  @Test
  void start_configurationIncomplete_isAnInitErrorThatNamesEveryProblemAndNoSecret()
      throws IOException {
    Map<String, String> variables = new HashMap<>(rig.cloud.workerEnvironment());
    variables.remove("BECKON_BUCKET");
    variables.put("BECKON_BUKET", "typo");
    variables.put("BECKON_MASTER_KEY", "canary-secret-0123456789abcdef");
    variables.put("BECKON_PUBLIC_URL", "nowhere");
    LambdaFunction function =
        deploy("broken", variables)
            .function("broken", EntryPoint.DISPATCH_PRIORITY, Duration.ofMinutes(1));
    try (ProcessEnvironment environment = (ProcessEnvironment) function.newEnvironment()) {

      Outcome outcome = environment.invoke("{}");

      assertThat(outcome)
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed ->
                  assertThat(failed.cause())
                      .isInstanceOfSatisfying(
                          FunctionErrorException.class,
                          error -> {
                            assertThat(error.phase()).isEqualTo(FunctionErrorException.Phase.INIT);
                            assertThat(error)
                                .hasMessageContainingAll(
                                    "BECKON_BUCKET is missing",
                                    "BECKON_BUKET is not a key",
                                    "BECKON_MASTER_KEY must be a reference",
                                    "BECKON_PUBLIC_URL='nowhere'")
                                .hasMessageNotContaining("canary-secret");
                          }));
      assertThat(environment.pid()).isEqualTo(-1);
      assertThat(function.errors()).isEqualTo(1);
    }
  }

  @Test
  void snapStart_waitsAtTheCheckpoint_andAnswersAfterTheRestore() throws Exception {
    FunctionProcess.Launch launch =
        deploy("snap", rig.cloud.workerEnvironment())
            .launch("snap", EntryPoint.HTTP)
            .withSnapStart();
    try (FunctionProcess process = FunctionProcess.start(launch)) {
      process.awaitCheckpoint(Duration.ofMinutes(1));
      process.restore();
      process.awaitReady(Duration.ofMinutes(1));

      String json = process.invoke(HEALTH, Duration.ofMinutes(1));

      assertThat(HttpFunction.reply(json).status()).isEqualTo(200);
    }
  }
}
