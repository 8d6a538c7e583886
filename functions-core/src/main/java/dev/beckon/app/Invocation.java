package dev.beckon.app;

import dev.beckon.telemetry.Tag;
import dev.beckon.telemetry.Telemetry;
import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call of a function by its platform. Immutable.
 *
 * @param name of the entry point, as traces show it
 * @param parent the trace that the platform says it belongs to; empty for none
 * @param about what its log lines and spans say of it
 */
public record Invocation(String name, String parent, Map<Tag, String> about) {
  public Invocation {
    about = Map.copyOf(about);
  }

  /** What a function does with an event. */
  @FunctionalInterface
  public interface Work<T extends @Nullable Object> {
    T run() throws IOException;
  }

  /**
   * Runs it: its log lines and spans say whose they are, and what it counted goes out at its end,
   * however it ends.
   *
   * @param core called once; it may start the core
   * @throws InvocationFailure in place of anything else thrown: platforms log what leaves a
   *     function, and words of libraries may quote data
   * @throws UnknownEventException as the work threw it
   */
  public <T extends @Nullable Object> T run(Supplier<Application> core, Work<T> work) {
    try (Telemetry.Work invocation = begin(core)) {
      try {
        return work.run();
      } catch (UnknownEventException e) {
        invocation.failed(e);
        throw e;
      } catch (IOException | RuntimeException e) {
        invocation.failed(e);
        throw new InvocationFailure(e);
      }
    }
  }

  private Telemetry.Work begin(Supplier<Application> core) {
    Application started;
    try {
      started = core.get();
    } catch (RuntimeException e) {
      throw new InvocationFailure(e);
    }
    return started.telemetry().invocation(name, parent, about);
  }
}
