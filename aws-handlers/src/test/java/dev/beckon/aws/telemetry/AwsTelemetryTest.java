package dev.beckon.aws.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.config.RuntimeConfig;
import dev.beckon.otel.Caller;
import dev.beckon.telemetry.CloudTelemetryContract;
import dev.beckon.telemetry.Telemetry;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class AwsTelemetryTest extends CloudTelemetryContract {

  @Override
  protected Telemetry telemetry(RuntimeConfig config) {
    return AwsTelemetry.of(config, Clock.systemUTC());
  }

  @Override
  protected String ownFigures() {
    return "emf";
  }

  @Override
  protected String foreignFigures() {
    return "log";
  }

  @Override
  protected String remedy() {
    return "BECKON_METRICS must be none or emf on AWS";
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
