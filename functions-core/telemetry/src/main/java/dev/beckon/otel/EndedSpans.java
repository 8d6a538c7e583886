package dev.beckon.otel;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Keeps ended spans until the invocation's end, and sends all of them then. The library's own
 * batches go out by a thread, which the platform may freeze between invocations, and a flush that
 * follows close on another may be answered by the one before. Thread-safe.
 */
final class EndedSpans implements SpanProcessor {
  private final SpanExporter exporter;
  private final Queue<SpanData> ended = new ConcurrentLinkedQueue<>();

  EndedSpans(SpanExporter exporter) {
    this.exporter = exporter;
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {}

  @Override
  public boolean isStartRequired() {
    return false;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    if (span.getSpanContext().isSampled()) {
      ended.add(span.toSpanData());
    }
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }

  @Override
  public CompletableResultCode forceFlush() {
    List<SpanData> all = new ArrayList<>();
    for (SpanData one = ended.poll(); one != null; one = ended.poll()) {
      all.add(one);
    }
    return all.isEmpty() ? CompletableResultCode.ofSuccess() : exporter.export(all);
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
