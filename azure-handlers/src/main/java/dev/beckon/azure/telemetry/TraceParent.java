package dev.beckon.azure.telemetry;

import dev.beckon.otel.Caller;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What called an invocation, as a <a
 * href="https://www.w3.org/TR/trace-context/#traceparent-header">traceparent</a> says it.
 *
 * @param text {@code 00-<trace>-<span>-<flags>}; empty when nothing is said
 */
record TraceParent(String text) {
  private static final Pattern FORM =
      Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?");

  /** Of what a platform may leave out. */
  static TraceParent of(@Nullable String text) {
    return new TraceParent(text == null ? "" : text);
  }

  /** The trace, which Application Insights calls the operation; else empty. */
  String traceId() {
    return caller().traceId();
  }

  /**
   * As a trace takes it. The flag of sampling is not asked: the Functions host leaves it unset,
   * whatever it keeps itself.
   */
  Caller caller() {
    Matcher parts = FORM.matcher(text);
    return parts.matches()
        ? new Caller(parts.group(1), parts.group(2), true)
        : new Caller("", "", true);
  }
}
