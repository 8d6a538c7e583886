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
import dev.beckon.logs.LogLines;
import dev.beckon.otel.Collector;
import dev.beckon.otel.FunctionsTelemetryContract;
import dev.beckon.telemetry.Telemetry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** What operators see of the Lambda handlers' work. */
class TelemetryOfHandlersTest extends FunctionsTelemetryContract {
  private final List<String> emf = new ArrayList<>();
  private LogLines log;
  private AwsApplication application;

  @Override
  protected Telemetry telemetry(URI collector) {
    return TelemetryKit.to(emf::add, collector);
  }

  @Override
  protected void open() {
    application = AwsApplication.of(plant.application, plant.clock);
    log = new LogLines("DEBUG");
  }

  @Override
  protected void shut() {
    log.close();
  }

  @Override
  protected int invoke(EntryPoint target, List<String> bodies) throws IOException {
    TestContext context = new TestContext(function(target));
    switch (target) {
      case CHUNK -> {
        return again(new ChunkHandler(application).handleRequest(event(bodies), context));
      }
      case DISPATCH_PRIORITY, DISPATCH_BULK -> {
        return again(new DispatchHandler(application).handleRequest(event(bodies), context));
      }
      case SWEEP -> {
        new SweepHandler(application)
            .handleRequest(scheduled(), new ByteArrayOutputStream(), context);
        return 0;
      }
      case FILE_DROP, DEAD_LETTER, HTTP -> throw new IllegalArgumentException(target.name());
    }
    throw new AssertionError(target);
  }

  private static int again(SQSBatchResponse response) {
    return response.getBatchItemFailures().size();
  }

  @Override
  protected List<JsonNode> lines() throws IOException {
    return log.lines();
  }

  @Override
  protected List<JsonNode> figures() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String text : emf) {
      JsonNode line = JsonMapper.builder().build().readTree(text);
      TelemetryKit.checkEmf(line);
      lines.add(line);
    }
    return lines;
  }

  @Override
  protected String everything() {
    return log.text() + String.join("\n", emf);
  }

  @Override
  protected String function(EntryPoint target) {
    return "beckon-dev-" + target.name().toLowerCase(Locale.ROOT);
  }

  @Override
  protected String trace() {
    return TestContext.TRACE;
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
