package dev.beckon.azure.telemetry;

import dev.beckon.config.ConfigKey;
import dev.beckon.config.ConfigurationException;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.otel.CloudHost;
import dev.beckon.telemetry.Meter;
import dev.beckon.telemetry.Tally;
import dev.beckon.telemetry.Telemetry;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where figures and traces go from Azure. */
public final class AzureTelemetry {
  /** Spans say they were in a function app; the Functions host says what called. */
  static final CloudHost FUNCTIONS =
      new CloudHost("azure", "azure_functions", text -> new TraceParent(text).caller());

  private static final Logger OUTSIDE = LoggerFactory.getLogger("dev.beckon.metrics");

  private AzureTelemetry() {}

  /** What is wrong with where figures are to go; empty for nothing. */
  public static Optional<String> problem(RuntimeConfig config) {
    String metrics = config.text(ConfigKey.METRICS);
    return metrics.equals("none") || metrics.equals("log")
        ? Optional.empty()
        : Optional.of(
            ConfigKey.METRICS.variable() + " must be none or log on Azure; emf is for AWS");
  }

  /**
   * As the configuration says; nothing is loaded that it does not ask for.
   *
   * @throws ConfigurationException when figures are to go where Azure takes none
   */
  public static Telemetry of(RuntimeConfig config) {
    problem(config)
        .ifPresent(problem -> {
          throw new ConfigurationException(List.of(problem));
        });
    Meter meter =
        config.text(ConfigKey.METRICS).equals("log")
            ? meter(config.text(ConfigKey.INSTALLATION), InvocationLogs.ofProcess())
            : Meter.NONE;
    return new Telemetry(meter, FUNCTIONS.tracer(config));
  }

  /** Its lines go to the logger of the invocation that ends. */
  static Meter meter(String installation, InvocationLogs invocations) {
    return new Tally(
        new FigureLines(
            installation,
            line ->
                invocations
                    .current()
                    .ifPresentOrElse(
                        logger -> logger.log(Level.INFO, line), () -> OUTSIDE.info(line))));
  }
}
