package dev.beckon.telemetry;

import java.util.Map;

/** Takes spans: which work took how long, as a part of which. Thread-safe. It never throws. */
public interface Tracer {

  /** Takes none. */
  Tracer NONE =
      new Tracer() {
        @Override
        public Span begin(String name, Map<Tag, String> about) {
          return Span.NONE;
        }

        @Override
        public Span root(String name, String parent, Map<Tag, String> about) {
          return Span.NONE;
        }

        @Override
        public Runnable carried(Runnable work) {
          return work;
        }

        @Override
        public void flush() {}
      };

  /** Begins a part of the work this thread is in; it is the thread's work until it is closed. */
  Span begin(String name, Map<Tag, String> about);

  /**
   * Begins an invocation.
   *
   * @param parent the platform's own words for what called it; empty when it says nothing
   */
  Span root(String name, String parent, Map<Tag, String> about);

  /** Work for another thread, as a part of what this thread is in. */
  Runnable carried(Runnable work);

  /** Hands over what is finished, or gives up within a bound of its own. */
  void flush();

  /** Ends its threads and connections; what was not flushed is lost. */
  default void close() {}

  /** Work under way. Ended by the thread that began it. */
  interface Span extends AutoCloseable {
    Span NONE =
        new Span() {
          @Override
          public void failed(String kind) {}

          @Override
          public void close() {}
        };

    /**
     * It failed.
     *
     * @param kind the exception's class or a code of ours, never its words
     */
    void failed(String kind);

    @Override
    void close();
  }
}
