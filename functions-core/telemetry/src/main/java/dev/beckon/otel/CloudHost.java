package dev.beckon.otel;

import java.util.function.Function;

/**
 * What runs the functions, as a trace says it.
 *
 * @param provider OpenTelemetry's {@code cloud.provider}
 * @param platform OpenTelemetry's {@code cloud.platform}
 * @param callers reads what the platform says called an invocation
 */
public record CloudHost(String provider, String platform, Function<String, Caller> callers) {}
