package dev.beckon.aws.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.otel.OtelTracer;
import dev.beckon.telemetry.Tally;
import dev.beckon.telemetry.Telemetry;
import java.net.URI;
import java.time.Clock;
import java.util.function.Consumer;

/** For tests of other rooms: figures and traces as on AWS, where they can be looked at. */
public final class TelemetryKit {
  private TelemetryKit() {}

  public static Telemetry to(Consumer<String> lines, URI collector) {
    return new Telemetry(
        new Tally(new EmfLines("beckon-dev", Clock.systemUTC(), lines)),
        OtelTracer.to(collector, "beckon-dev", AwsTelemetry.LAMBDA));
  }

  public static void checkEmf(JsonNode line) {
    EmfRules.check(line);
  }
}
