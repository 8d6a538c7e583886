package dev.beckon.aws.snapstart;

import java.util.function.Supplier;
import org.crac.Context;
import org.crac.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Something that holds secrets, credentials, connections or the state of a random number generator.
 * A snapshot is restored many times, and every copy would have the same: so it is made once in each
 * copy, and never before. Thread-safe.
 *
 * <p>Whoever uses it must hold it: the runtime keeps its hooks by weak references alone.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-uniqueness.html">Uniqueness
 *     with SnapStart</a>
 */
public final class AfterRestore<T> implements Supplier<T>, Resource {
  private final Runnable priming;
  private final Supplier<T> maker;
  private @Nullable T made;

  private AfterRestore(Runnable priming, Supplier<T> maker) {
    this.priming = priming;
    this.maker = maker;
  }

  /**
   * Has the runtime call it at both moments.
   *
   * @param snapshot the runtime's context of hooks
   * @param priming what loads classes and warms code before the snapshot, without any state
   */
  public static <T> AfterRestore<T> register(
      Context<Resource> snapshot, Runnable priming, Supplier<T> maker) {
    AfterRestore<T> later = new AfterRestore<>(priming, maker);
    snapshot.register(later);
    return later;
  }

  @Override
  public synchronized void beforeCheckpoint(Context<? extends Resource> context) {
    if (made != null) {
      throw new IllegalStateException(
          "something with secrets and connections was made before the snapshot; make it later");
    }
    priming.run();
  }

  /** Fails as the start of a function fails: this copy then takes no event. */
  @Override
  public synchronized void afterRestore(Context<? extends Resource> context) {
    made = maker.get();
  }

  /** What was made for this copy; made now if the runtime did not say that it was restored. */
  @Override
  public synchronized T get() {
    T there = made;
    if (there == null) {
      there = maker.get();
      made = there;
    }
    return there;
  }
}
