package dev.beckon.bed;

import dev.beckon.telemetry.Tag;
import dev.beckon.telemetry.Tracer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes down the invocations that a host begins, and how each ended. Thread-safe. */
public final class Roots implements Tracer {

  /**
   * One invocation.
   *
   * @param failure the class of what it threw; null when it threw nothing
   */
  public record Root(
      String name, Map<Tag, String> about, boolean closed, @Nullable String failure) {}

  private final List<Root> roots = new ArrayList<>();
  private int flushes;

  @Override
  public Span begin(String name, Map<Tag, String> about) {
    return Span.NONE;
  }

  @Override
  public synchronized Span root(String name, String parent, Map<Tag, String> about) {
    int at = roots.size();
    roots.add(new Root(name, Map.copyOf(about), false, null));
    return new Span() {
      @Override
      public void failed(String kind) {
        end(at, false, kind);
      }

      @Override
      public void close() {
        end(at, true, null);
      }
    };
  }

  private synchronized void end(int at, boolean closed, @Nullable String failure) {
    Root old = roots.get(at);
    roots.set(
        at,
        new Root(old.name(), old.about(), closed, old.failure() == null ? failure : old.failure()));
  }

  @Override
  public Runnable carried(Runnable work) {
    return work;
  }

  @Override
  public synchronized void flush() {
    flushes++;
  }

  /** The invocations so far. */
  public synchronized List<Root> all() {
    return List.copyOf(roots);
  }

  /** How often what was taken down was to be handed over. */
  public synchronized int flushes() {
    return flushes;
  }
}
