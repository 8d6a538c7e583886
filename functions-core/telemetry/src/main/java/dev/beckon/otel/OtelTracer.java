package dev.beckon.otel;

import dev.beckon.telemetry.Tag;
import dev.beckon.telemetry.Tracer;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.logging.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spans by OpenTelemetry, sent to a collector by OTLP over HTTP. Whether an invocation is traced
 * was decided by what called it, where the platform says so. Several invocations may run at once.
 * Thread-safe.
 */
public final class OtelTracer implements Tracer {
  private static final Logger LOG = LoggerFactory.getLogger(OtelTracer.class);

  /** What an invocation may wait for its collector. */
  static final Duration FLUSH = Duration.ofSeconds(2);

  /** A vendor that takes one message a call would else fill a trace with thousands of spans. */
  static final int MOST_SPANS = 500;

  /** It prints whole stack traces beside our lines; what is lost is told by us. */
  private static final java.util.logging.Logger LIBRARY =
      java.util.logging.Logger.getLogger("io.opentelemetry");

  /** How many spans the invocation of a context has begun. */
  private static final ContextKey<AtomicInteger> BEGUN = ContextKey.named("beckon-begun");

  private final SdkTracerProvider provider;
  private final Function<String, Caller> callers;
  private final io.opentelemetry.api.trace.Tracer tracer;

  private OtelTracer(SpanExporter exporter, String installation, CloudHost host) {
    LIBRARY.setLevel(Level.OFF);
    this.callers = host.callers();
    this.provider =
        SdkTracerProvider.builder()
            .setResource(
                Resource.create(
                    Attributes.builder()
                        .put("service.name", installation)
                        .put("cloud.provider", host.provider())
                        .put("cloud.platform", host.platform())
                        .build()))
            .setSampler(Sampler.parentBased(Sampler.alwaysOn()))
            .setIdGenerator(new SecureIds())
            .addSpanProcessor(new EndedSpans(exporter))
            .build();
    this.tracer = provider.get("dev.beckon");
  }

  /**
   * Connects to nothing yet.
   *
   * @param collector its address, to which {@code /v1/traces} is added
   */
  public static OtelTracer to(URI collector, String installation, CloudHost host) {
    String base = collector.toString().replaceAll("/+$", "");
    return new OtelTracer(
        OtlpHttpSpanExporter.builder()
            .setEndpoint(base + "/v1/traces")
            .setTimeout(FLUSH)
            .setComponentLoader(new JdkSender.Loader())
            .build(),
        installation,
        host);
  }

  @Override
  public Span begin(String name, Map<Tag, String> about) {
    AtomicInteger begun = Context.current().get(BEGUN);
    if (begun != null && begun.incrementAndGet() > MOST_SPANS) {
      return Span.NONE;
    }
    return open(tracer.spanBuilder(name), Context.current(), about);
  }

  @Override
  public Span root(String name, String parent, Map<Tag, String> about) {
    Context caller = remote(callers.apply(parent)).with(BEGUN, new AtomicInteger(1));
    return open(tracer.spanBuilder(name).setSpanKind(SpanKind.SERVER), caller, about);
  }

  private static Context remote(Caller called) {
    SpanContext parent =
        SpanContext.createFromRemoteParent(
            called.traceId(),
            called.spanId(),
            called.isSampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(),
            TraceState.getDefault());
    return parent.isValid()
        ? Context.root().with(io.opentelemetry.api.trace.Span.wrap(parent))
        : Context.root();
  }

  @SuppressWarnings("MustBeClosedChecker") // closed with the span, which is what callers close
  private static Span open(SpanBuilder builder, Context within, Map<Tag, String> about) {
    about.forEach((tag, value) -> builder.setAttribute(attribute(tag), value));
    io.opentelemetry.api.trace.Span span = builder.setParent(within).startSpan();
    return new Open(span, within.with(span).makeCurrent());
  }

  /** OpenTelemetry's own names where it has some. */
  private static String attribute(Tag tag) {
    return switch (tag) {
      case FUNCTION -> "faas.name";
      case REQUEST_ID -> "faas.invocation_id";
      case ACCOUNT,
          DISPATCH,
          BATCH,
          PARCEL,
          IMPORT,
          CHUNK,
          VENDOR,
          VENDOR_ACCOUNT,
          LANE,
          TRACE_ID,
          ROWS,
          STATUS ->
          "beckon." + tag.label();
    };
  }

  private record Open(io.opentelemetry.api.trace.Span span, Scope scope) implements Span {
    @Override
    public void failed(String kind) {
      span.setStatus(StatusCode.ERROR, kind);
    }

    @Override
    public void close() {
      scope.close();
      span.end();
    }
  }

  @Override
  public Runnable carried(Runnable work) {
    return Context.current().wrap(work);
  }

  @Override
  public void flush() {
    CompletableResultCode sent = provider.forceFlush();
    sent.join(FLUSH.toMillis(), TimeUnit.MILLISECONDS);
    if (!sent.isSuccess()) {
      LOG.warn("traces=lost the collector did not take them; look at it, nothing else is lost");
    }
  }

  @Override
  public void close() {
    provider.shutdown();
  }
}
