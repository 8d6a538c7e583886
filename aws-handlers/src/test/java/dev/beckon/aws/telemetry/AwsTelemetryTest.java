package dev.beckon.aws.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.config.ConfigurationException;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.otel.Caller;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AwsTelemetryTest {

  private static RuntimeConfig metrics(String value) {
    Map<String, String> environment = new HashMap<>();
    for (String name :
        List.of(
            "MONGO_URI",
            "BUCKET",
            "FILES_QUEUE",
            "CHUNK_QUEUE",
            "PRIORITY_QUEUE",
            "BULK_QUEUE",
            "SECRETS")) {
      environment.put("BECKON_" + name, "x");
    }
    environment.put("BECKON_PUBLIC_URL", "https://beckon.example");
    environment.put("BECKON_METRICS", value);
    return RuntimeConfig.of(environment);
  }

  @Test
  void of_figuresForAzure_isRefusedWithTheRemedy() {
    assertThat(AwsTelemetry.of(metrics("emf"), Clock.systemUTC()).meter())
        .isInstanceOf(EmfMeter.class);
    assertThatThrownBy(() -> AwsTelemetry.of(metrics("log"), Clock.systemUTC()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("BECKON_METRICS must be none or emf on AWS");
  }

  @Test
  void caller_ofXraysHeader_isReadWithItsDecision() {
    String header = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=";

    assertThat(AwsTelemetry.LAMBDA.callers().apply(header + "1"))
        .isEqualTo(new Caller("5759e988bd862e3fe1be46a994272793", "53995c3f42cd8ad8", true));
    assertThat(AwsTelemetry.LAMBDA.callers().apply(header + "0").isSampled()).isFalse();
    assertThat(AwsTelemetry.LAMBDA.callers().apply("").traceId()).isEmpty();
  }
}
