package dev.beckon.otel;

import dev.beckon.config.ConfigKey;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.telemetry.Tracer;
import java.util.function.Function;

/**
 * What runs the functions, as a trace says it.
 *
 * @param provider OpenTelemetry's {@code cloud.provider}
 * @param platform OpenTelemetry's {@code cloud.platform}
 * @param callers reads what the platform says called an invocation
 */
public record CloudHost(String provider, String platform, Function<String, Caller> callers) {

  /** To the collector of the configuration; without one, OpenTelemetry is not even loaded. */
  public Tracer tracer(RuntimeConfig config) {
    return config
        .endpoint(ConfigKey.OTLP_ENDPOINT)
        .<Tracer>map(to -> OtelTracer.to(to, config.text(ConfigKey.INSTALLATION), this))
        .orElse(Tracer.NONE);
  }
}
