package dev.beckon.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.app.EntryPoint;
import dev.beckon.azure.telemetry.TelemetryKit;
import dev.beckon.azure.telemetry.TestInvocation;
import dev.beckon.logs.LogLines;
import dev.beckon.otel.FunctionsTelemetryContract;
import dev.beckon.telemetry.Telemetry;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** What operators see of the Azure functions' work. */
class TelemetryOfFunctionsTest extends FunctionsTelemetryContract {
  private static final URI CONTAINER = URI.create("https://acme.blob.core.windows.net/files");

  private final List<TestInvocation> invocations = new ArrayList<>();
  private LogLines printed;
  private AzureApplication application;

  @Override
  protected Telemetry telemetry(URI collector) {
    printed = TelemetryKit.log("DEBUG");
    return TelemetryKit.to(collector);
  }

  @Override
  protected void open() {
    application = new AzureApplication(plant.application, plant.clock, new FileMessages(CONTAINER));
  }

  @Override
  protected void shut() {
    printed.close();
  }

  /** One invocation a message, as the host does. */
  @Override
  protected int invoke(EntryPoint target, List<String> bodies) {
    if (target == EntryPoint.SWEEP) {
      new SweepFunction(application).sweep("{}", begun(target));
    }
    int again = 0;
    for (String body : bodies) {
      try {
        invoke(target, body, begun(target));
      } catch (MessageWantedAgain e) {
        again++;
      }
    }
    return again;
  }

  private void invoke(EntryPoint target, String body, TestInvocation context) {
    switch (target) {
      case CHUNK -> new ChunkFunction(application).chunk(body, context);
      case DISPATCH_BULK -> new DispatchFunction(application).bulk(body, context);
      case DISPATCH_PRIORITY, FILE_DROP, SWEEP, DEAD_LETTER, HTTP ->
          throw new IllegalArgumentException(target.name());
    }
  }

  private TestInvocation begun(EntryPoint target) {
    TestInvocation begun = new TestInvocation("request-" + invocations.size(), function(target));
    invocations.add(begun);
    return begun;
  }

  private List<JsonNode> messages() throws IOException {
    List<JsonNode> all = new ArrayList<>();
    for (TestInvocation invocation : invocations) {
      for (String message : invocation.messages()) {
        JsonNode line = JsonMapper.builder().build().readTree(message);
        assertThat(line.path("requestId").asText())
            .as(message)
            .isEqualTo(invocation.getInvocationId());
        assertThat(line.has("timestamp")).as("said by the platform already").isFalse();
        all.add(line);
      }
    }
    return all;
  }

  @Override
  protected List<JsonNode> lines() throws IOException {
    return messages().stream().filter(line -> !line.has("metrics")).toList();
  }

  @Override
  protected List<JsonNode> figures() throws IOException {
    return messages().stream().filter(line -> line.has("metrics")).toList();
  }

  @Override
  protected String everything() {
    StringBuilder all = new StringBuilder(printed.text());
    invocations.forEach(one -> all.append(String.join("\n", one.messages())));
    return all.toString();
  }

  @Override
  protected String function(EntryPoint target) {
    return AzureFunctions.names(target).getFirst();
  }

  @Override
  protected String trace() {
    return TestInvocation.TRACE;
  }
}
