package dev.beckon.aws.telemetry;

import dev.beckon.config.ConfigKey;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.telemetry.Meter;
import dev.beckon.telemetry.Telemetry;
import dev.beckon.telemetry.Tracer;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** Where figures and traces go from AWS. */
public final class AwsTelemetry {
  private AwsTelemetry() {}

  /** As the configuration says; nothing is loaded that it does not ask for. */
  public static Telemetry of(RuntimeConfig config, Clock clock) {
    String installation = config.text(ConfigKey.INSTALLATION);
    Meter meter =
        config.text(ConfigKey.METRICS).equals("emf")
            ? new EmfMeter(installation, clock, AwsTelemetry::print)
            : Meter.NONE;
    Tracer tracer =
        config
            .endpoint(ConfigKey.OTLP_ENDPOINT)
            .<Tracer>map(collector -> OtelTracer.to(collector, installation))
            .orElse(Tracer.NONE);
    return new Telemetry(meter, tracer);
  }

  /** A line is one write: the runtime takes each as one log event. */
  private static void print(String line) {
    PrintStream out = System.out;
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    out.write(bytes, 0, bytes.length);
    out.flush();
  }
}
