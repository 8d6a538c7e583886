package dev.beckon.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.app.EntryPoint;
import dev.beckon.app.InvocationFailure;
import dev.beckon.aws.telemetry.TelemetryKit;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.Plant;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.logs.LogLines;
import dev.beckon.otel.Collector;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.MDC;

/** What operators see of the handlers' work: lines, figures, traces; and nobody's data in them. */
@Timeout(120)
class TelemetryOfHandlersTest {
  private static final String ADDRESS = "zanzibara.vogel@canary.example";
  private static final String NAME = "Zanzibara";
  private static final String FILE =
      "email,first_name\n" + ADDRESS + "," + NAME + "\nnobody,Nemo\nada@example.org,Ada\n";

  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private final List<String> emf = new ArrayList<>();
  private Collector collector;
  private LogLines log;
  private Plant plant;
  private AwsApplication application;

  @BeforeEach
  void start() throws IOException {
    collector = new Collector();
    plant = MONGO.plant(TelemetryKit.to(emf::add, collector.url()));
    plant.application.configure(Plant.ACCOUNT);
    application = AwsApplication.of(plant.application, plant.clock);
    log = new LogLines("DEBUG");
  }

  @AfterEach
  void stop() {
    log.close();
    plant.close();
    collector.close();
  }

  @Test
  void handlers_wholeWayOfAFile_tellWhoseWorkItWasAndNobodysData() throws IOException {
    plant.vendor.meanwhile(batch -> {
      throw new IllegalStateException("cannot send to " + ADDRESS);
    });
    Set<InvitationState> ends = Set.of(InvitationState.IN_DOUBT);
    plant.objects.write("stays/incoming/guests.csv", FILE.getBytes(StandardCharsets.UTF_8));
    plant.application.fileDrop(List.of("stays/incoming/guests.csv"), List.of(), plant.deadline());
    List<String> chunks = plant.take(EntryPoint.CHUNK);
    ChunkHandler chunk = new ChunkHandler(application);
    chunk.handleRequest(event(chunks), new TestContext("beckon-dev-chunk"));
    chunk.handleRequest(event(chunks), new TestContext("beckon-dev-chunk"));
    List<String> parcels = plant.take(EntryPoint.DISPATCH_BULK);
    DispatchHandler dispatch = new DispatchHandler(application);
    dispatch.handleRequest(event(parcels), new TestContext("beckon-dev-bulk"));
    dispatch.handleRequest(event(parcels), new TestContext("beckon-dev-bulk"));
    new SweepHandler(application)
        .handleRequest(scheduled(), new ByteArrayOutputStream(), new TestContext("sweep"));

    String batch = plant.application.stores().imports().newest(1).getFirst().id();
    Map<InvitationState, Long> stored =
        plant.application.stores().invitations().countByState(batch);
    assertThat(stored.keySet()).isEqualTo(ends);
    assertThat(sum("Accepted")).isEqualTo(2);
    assertThat(sum("Refused")).isEqualTo(1);
    assertThat(sum("ImportRows")).isEqualTo(3);
    assertThat(sum("InDoubt")).isEqualTo(2);

    JsonNode sender = log.with("threw instead of answering").findFirst().orElseThrow();
    assertThat(sender.path("account").asText()).isEqualTo("acme");
    assertThat(sender.path("dispatch").asText()).isEqualTo("stay");
    assertThat(sender.path("batch").asText()).isEqualTo(batch);
    assertThat(sender.path("parcel").asText()).isEqualTo(batch + ".0.0");
    assertThat(sender.path("vendor").asText()).isEqualTo("scripted");
    assertThat(sender.path("function").asText()).isEqualTo("beckon-dev-bulk");
    assertThat(sender.path("requestId").asText()).isEqualTo("request-1");
    assertThat(sender.path("traceId").asText()).isEqualTo(TestContext.TRACE);
    assertThat(sender.path("installation").asText()).isEqualTo("beckon-dev");
    JsonNode accepted = log.with("stored=").findFirst().orElseThrow();
    assertThat(accepted.path("import").asText()).isEqualTo(batch);
    assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();

    assertThat(collector.spans())
        .extracting(Collector.Arrived::name)
        .contains("chunk", "intake", "dispatch", "parcel", "send", "vendor-call", "sweep");
    assertThat(collector.spans())
        .filteredOn(span -> span.name().equals("vendor-call"))
        .allSatisfy(span -> {
          assertThat(span.error()).isEqualTo("no-reply");
          assertThat(span.about()).containsEntry("beckon.vendor", "scripted");
        });

    List<Invitation> rows = plant.application.stores().invitations().page(batch, ends, "", 10);
    String everything = log.text() + String.join("\n", emf) + collector.raw();
    assertThat(everything).contains(batch).doesNotContain(ADDRESS, NAME, "zanzibara", "guests.csv");
    rows.forEach(row -> assertThat(everything).doesNotContain(row.token(), row.hash()));
  }

  @Test
  void handlers_retriesAndRedelivery_addUpToTheStore() throws IOException {
    String batch = imported();
    plant.vendor.answers(
        Invitation.id(batch, 2),
        SendResult.of(SendCode.THROTTLED, "later").retryAfter(Duration.ofMinutes(1)));
    DispatchHandler dispatch = new DispatchHandler(application);
    List<String> parcels = plant.take(EntryPoint.DISPATCH_BULK);
    for (int delivery = 0; delivery < 4; delivery++) {
      SQSBatchResponse again =
          dispatch.handleRequest(event(parcels), new TestContext("beckon-dev-bulk"));
      assertThat(again.getBatchItemFailures()).isEmpty();
      plant.clock.advance(Duration.ofMinutes(5));
    }

    assertThat(plant.application.stores().invitations().countByState(batch))
        .isEqualTo(Map.of(InvitationState.SENT, 2L));
    assertThat(sum("Sent")).isEqualTo(2);
    assertThat(sum("Failed") + sum("Dead") + sum("InDoubt")).isZero();
  }

  @Test
  void run_handlerFails_flushesAndLetsNoWordsOut() {
    byte[] garbage = ("{\"to\": " + ADDRESS).getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() ->
            new ObjectCreatedHandler(application)
                .handleRequest(
                    new ByteArrayInputStream(garbage),
                    new ByteArrayOutputStream(),
                    new TestContext("files")))
        .satisfies(e -> assertThat(e.toString()).doesNotContain("zanzibara", "canary"))
        .hasNoCause();
    assertThatThrownBy(() ->
            application.run(
                "chunk",
                new TestContext("chunk"),
                () -> {
                  throw new IOException("of " + ADDRESS);
                }))
        .isInstanceOf(InvocationFailure.class)
        .hasMessageNotContaining("canary")
        .hasMessageContaining("java.io.IOException")
        .hasNoCause();
    assertThat(collector.spans())
        .extracting(Collector.Arrived::error)
        .contains("java.io.IOException");
    assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    assertThat(collector.raw()).doesNotContain("canary");
  }

  private String imported() {
    plant.objects.write("stays/incoming/guests.csv", FILE.getBytes(StandardCharsets.UTF_8));
    plant.application.fileDrop(List.of("stays/incoming/guests.csv"), List.of(), plant.deadline());
    new ChunkHandler(application)
        .handleRequest(event(plant.take(EntryPoint.CHUNK)), new TestContext("beckon-dev-chunk"));
    return plant.application.stores().imports().newest(1).getFirst().id();
  }

  /** Of one metric, over all lines; every line keeps the rules of the format. */
  private long sum(String metric) throws IOException {
    long sum = 0;
    for (String text : emf) {
      JsonNode line = JsonMapper.builder().build().readTree(text);
      TelemetryKit.checkEmf(line);
      sum += line.path(metric).asLong();
    }
    return sum;
  }

  private static InputStream scheduled() {
    return Objects.requireNonNull(
        TelemetryOfHandlersTest.class.getResourceAsStream("/events/scheduled.json"));
  }

  private static SQSEvent event(List<String> bodies) {
    SQSEvent event = new SQSEvent();
    List<SQSEvent.SQSMessage> messages = new ArrayList<>();
    for (String body : bodies) {
      SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
      message.setMessageId("m" + messages.size());
      message.setEventSource("aws:sqs");
      message.setBody(body);
      messages.add(message);
    }
    event.setRecords(messages);
    return event;
  }
}
