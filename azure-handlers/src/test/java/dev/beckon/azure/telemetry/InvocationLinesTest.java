package dev.beckon.azure.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.logs.LogLines;
import dev.beckon.telemetry.Meter;
import dev.beckon.telemetry.Metric;
import dev.beckon.telemetry.Tag;
import dev.beckon.telemetry.Telemetry;
import dev.beckon.telemetry.Tracer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whose a line is, when several invocations run in one process. */
@Timeout(60)
class InvocationLinesTest {
  private static final Logger OURS = LoggerFactory.getLogger("dev.beckon.dispatch.Dispatcher");
  private static final Logger FOREIGN = LoggerFactory.getLogger("org.example.driver");
  private static final int ROUNDS = 200;

  private LogLines printed;
  private Telemetry telemetry;

  @BeforeEach
  void start() {
    printed = TelemetryKit.log("DEBUG");
    Meter meter = AzureTelemetry.meter("beckon-dev", InvocationLogs.ofProcess());
    telemetry = new Telemetry(meter, Tracer.NONE);
  }

  @AfterEach
  void stop() {
    printed.close();
  }

  @Test
  void lines_ofTwoInvocationsAtOnce_goToEachItsOwnAlsoFromSenders() throws Exception {
    CyclicBarrier together = new CyclicBarrier(2);
    TestInvocation one = new TestInvocation("one", "dispatch-bulk");
    TestInvocation two = new TestInvocation("two", "dispatch-priority");
    Thread other = Thread.ofPlatform().start(() -> work(two, together));
    work(one, together);
    other.join();

    for (TestInvocation invocation : List.of(one, two)) {
      List<JsonNode> lines = read(invocation.messages());
      assertThat(lines).hasSize(2 * ROUNDS + 1);
      assertThat(lines)
          .allSatisfy(line -> {
            assertThat(line.path("requestId").asText()).isEqualTo(invocation.getInvocationId());
            assertThat(line.path("function").asText()).isEqualTo(invocation.getFunctionName());
          });
      assertThat(lines)
          .filteredOn(line -> line.path("message").asText().startsWith("sender"))
          .hasSize(ROUNDS)
          .allSatisfy(line ->
              assertThat(line.path("parcel").asText())
                  .isEqualTo("parcel-" + invocation.getInvocationId()));
      assertThat(lines.getLast().path("Sent").asInt()).as("figures").isEqualTo(ROUNDS);
    }
    assertThat(printed.text()).isEmpty();
  }

  /** Logs and counts from its own thread and from a sender, in step with the other invocation. */
  private void work(TestInvocation context, CyclicBarrier together) {
    try (AzureInvocation begun = AzureInvocation.begin(context);
        Telemetry.Work work = telemetry.invocation("dispatch", begun.parent(), begun.about())) {
      for (int round = 0; round < ROUNDS; round++) {
        together.await(30, TimeUnit.SECONDS);
        OURS.info("round={}", round);
        telemetry.run(
            "parcel",
            Map.of(Tag.PARCEL, "parcel-" + context.getInvocationId()),
            () -> {
              Thread sender =
                  Thread.ofVirtual()
                      .start(
                          telemetry.carried(() -> {
                            OURS.warn("sender");
                            telemetry.meter().add(Metric.SENT, Map.of(Tag.VENDOR, "v"), 1);
                          }));
              join(sender);
            });
      }
      together.await(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void lines_outsideOfInvocations_arePrintedWithTheirTime() throws IOException {
    OURS.info("environment=started");
    TestInvocation over = new TestInvocation("over", "sweep");
    AzureInvocation begun = AzureInvocation.begin(over);
    begun.close();
    try (Telemetry.Work late = telemetry.invocation("sweep", "", begun.about())) {
      OURS.warn("a thread that outlived its invocation");
    }

    assertThat(over.records()).isEmpty();
    assertThat(printed.lines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line.path("timestamp").asText()).isNotEmpty());
  }

  @Test
  void lines_ofEachLevel_areOfTheLevelTheWorkerReads() {
    TestInvocation context = new TestInvocation("r-1", "chunk");
    in(
        context,
        () -> {
          OURS.error("e");
          OURS.warn("w");
          OURS.info("i");
          OURS.debug("d");
          OURS.trace("not asked for");
          FOREIGN.info("nor this");
        });

    assertThat(context.records())
        .extracting(java.util.logging.LogRecord::getLevel)
        .containsExactly(Level.SEVERE, Level.WARNING, Level.INFO, Level.CONFIG);
  }

  @Test
  void lines_withWordsOfLibraries_sayNothingOfAnybody() throws IOException {
    TestInvocation context = new TestInvocation("r-1", "chunk");
    in(
        context,
        () -> {
          FOREIGN.warn("could not write {to: 'canary@example.org', mobile: '+4915123456789'}");
          try {
            Integer.parseInt("canary@example.org");
          } catch (NumberFormatException e) {
            OURS.error("it failed", e);
          }
        });

    assertThat(context.records())
        .hasSize(2)
        .allSatisfy(record -> assertThat(record.getThrown()).isNull());
    assertThat(String.join("\n", context.messages()))
        .doesNotContain("canary@", "15123456789")
        .contains("java.lang.NumberFormatException");
  }

  private void in(TestInvocation context, Runnable work) {
    try (AzureInvocation begun = AzureInvocation.begin(context);
        Telemetry.Work invocation = telemetry.invocation("x", begun.parent(), begun.about())) {
      work.run();
    }
  }

  private static List<JsonNode> read(List<String> messages) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String message : messages) {
      lines.add(JsonMapper.builder().build().readTree(message));
    }
    return lines;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
