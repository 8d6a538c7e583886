package dev.beckon.aws.telemetry;

import com.amazonaws.services.lambda.runtime.Context;
import dev.beckon.otel.Caller;

/**
 * What called an invocation, as X-Ray's <a
 * href="https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader">tracing
 * header</a> says it.
 *
 * @param text {@code Root=1-…;Parent=…;Sampled=1}; empty when nothing is traced
 */
public record TraceHeader(String text) {
  /** Set by the runtime client before each invocation. */
  private static final String PROPERTY = "com.amazonaws.xray.traceHeader";

  /** The header of this invocation. */
  public static TraceHeader of(Context context) {
    String text = context.getXrayTraceId();
    return new TraceHeader(text == null ? System.getProperty(PROPERTY, "") : text);
  }

  /** The trace as X-Ray names it, {@code 1-5759e988-bd862e3fe1be46a994272793}; else empty. */
  public String traceId() {
    return part("Root=");
  }

  /** The span that called, 16 hexadecimal digits; else empty. */
  public String parentId() {
    return part("Parent=");
  }

  /** Whether X-Ray keeps this trace. */
  public boolean isSampled() {
    return part("Sampled=").equals("1");
  }

  /** As a trace takes it. */
  Caller caller() {
    String trace = traceId().replaceFirst("^1-", "").replace("-", "");
    return new Caller(trace, parentId(), isSampled());
  }

  private String part(String name) {
    for (String part : text.split(";", -1)) {
      if (part.strip().startsWith(name)) {
        return part.strip().substring(name.length());
      }
    }
    return "";
  }
}
