package dev.beckon.azure.telemetry;

import dev.beckon.logs.LogLines;
import dev.beckon.otel.OtelTracer;
import dev.beckon.telemetry.Telemetry;
import java.net.URI;

/** For tests of other rooms: lines, figures and traces as on Azure, where they can be looked at. */
public final class TelemetryKit {
  private TelemetryKit() {}

  public static Telemetry to(URI collector) {
    return new Telemetry(
        AzureTelemetry.meter("beckon-dev", InvocationLogs.ofProcess()),
        OtelTracer.to(collector, "beckon-dev", AzureTelemetry.FUNCTIONS));
  }

  /** Logging as in a function app; what is printed is kept. */
  public static LogLines log(String level) {
    return new LogLines(level, AzureLogging::apply);
  }
}
