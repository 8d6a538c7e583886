package dev.beckon.aws.telemetry;

import dev.beckon.config.ConfigKey;
import dev.beckon.config.ConfigurationException;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.otel.CloudHost;
import dev.beckon.telemetry.Meter;
import dev.beckon.telemetry.Tally;
import dev.beckon.telemetry.Telemetry;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;

/** Where figures and traces go from AWS. */
public final class AwsTelemetry {
  /** Spans say they were on Lambda; X-Ray says what called. */
  static final CloudHost LAMBDA =
      new CloudHost("aws", "aws_lambda", text -> new TraceHeader(text).caller());

  private AwsTelemetry() {}

  /**
   * As the configuration says; nothing is loaded that it does not ask for.
   *
   * @throws ConfigurationException when figures are to go where AWS takes none
   */
  public static Telemetry of(RuntimeConfig config, Clock clock) {
    String installation = config.text(ConfigKey.INSTALLATION);
    Meter meter =
        switch (config.text(ConfigKey.METRICS)) {
          case "none" -> Meter.NONE;
          case "emf" -> new Tally(new EmfLines(installation, clock, AwsTelemetry::print));
          default ->
              throw new ConfigurationException(
                  List.of(
                      ConfigKey.METRICS.variable()
                          + " must be none or emf on AWS; log is for Azure"));
        };
    return new Telemetry(meter, LAMBDA.tracer(config));
  }

  /** A line is one write: the runtime takes each as one log event. */
  private static void print(String line) {
    PrintStream out = System.out;
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    out.write(bytes, 0, bytes.length);
    out.flush();
  }
}
