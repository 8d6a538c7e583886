package dev.beckon.telemetry;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Says what the current work is about: in each line it logs, and in its spans. Thread-safe; what it
 * begins belongs to the thread that began it.
 */
public final class Telemetry {
  /** Fields of log lines only. */
  public static final Telemetry NONE = new Telemetry(Meter.NONE, Tracer.NONE);

  private final Meter meter;
  private final Tracer tracer;

  public Telemetry(Meter meter, Tracer tracer) {
    this.meter = meter;
    this.tracer = tracer;
  }

  public Meter meter() {
    return meter;
  }

  /** For the platform that made it, when it ends. */
  public void close() {
    tracer.close();
  }

  /** Begins a part of the current work. */
  public Work begin(String name, Map<Tag, String> about) {
    return new Work(about, tracer.begin(name, about), () -> {});
  }

  /** Does a part of the current work; what it throws, its span shows. */
  public <T> T call(String name, Map<Tag, String> about, Supplier<T> part) {
    try (Work work = begin(name, about)) {
      try {
        return part.get();
      } catch (RuntimeException | Error e) {
        work.failed(e);
        throw e;
      }
    }
  }

  /** Does a part of the current work; what it throws, its span shows. */
  public void run(String name, Map<Tag, String> about, Runnable part) {
    try (Work work = begin(name, about)) {
      try {
        part.run();
      } catch (RuntimeException | Error e) {
        work.failed(e);
        throw e;
      }
    }
  }

  /** A span alone, of something too frequent for fields of its own. */
  public Tracer.Span span(String name, Map<Tag, String> about, int rows) {
    Map<Tag, String> more = new EnumMap<>(Tag.class);
    more.putAll(about);
    more.put(Tag.ROWS, Integer.toString(rows));
    return tracer.begin(name, more);
  }

  /**
   * Begins an invocation; what it counted and its spans are handed over when it is closed.
   *
   * @param parent as in {@link Tracer#root}
   */
  public Work invocation(String name, String parent, Map<Tag, String> about) {
    return new Work(
        about,
        tracer.root(name, parent, about),
        () -> {
          meter.flush();
          tracer.flush();
        });
  }

  /** Work for another thread, which says what this thread's is about. */
  public Runnable carried(Runnable work) {
    @Nullable Map<String, String> fields = MDC.getCopyOfContextMap();
    Runnable traced = tracer.carried(work);
    return () -> {
      set(fields);
      try {
        traced.run();
      } finally {
        MDC.clear();
      }
    };
  }

  /** Work under way. Closed by the thread that began it. */
  public static final class Work implements AutoCloseable {
    private final @Nullable Map<String, String> before = MDC.getCopyOfContextMap();
    private final Tracer.Span span;
    private final Runnable last;

    private Work(Map<Tag, String> about, Tracer.Span span, Runnable last) {
      this.span = span;
      this.last = last;
      about.forEach((tag, value) -> MDC.put(tag.label(), value));
    }

    /** It failed; the span says so. */
    public void failed(Throwable failure) {
      span.failed(failure.getClass().getName());
    }

    @Override
    public void close() {
      span.close();
      try {
        last.run();
      } finally {
        set(before);
      }
    }
  }

  private static void set(@Nullable Map<String, String> fields) {
    if (fields == null) {
      MDC.clear();
    } else {
      MDC.setContextMap(fields);
    }
  }
}
