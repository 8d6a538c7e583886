package dev.beckon.local.poller;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * One deployed function: its name, how its handler is made and how long an invocation may take.
 * Counts what all its environments do. Thread-safe.
 */
public final class LambdaFunction {

  private final String name;
  private final Supplier<?> handlers;
  private final Duration timeout;
  final LongAdder invocations = new LongAdder();
  final LongAdder errors = new LongAdder();
  final LongAdder timeouts = new LongAdder();

  /**
   * A function whose handlers need something given to them.
   *
   * @param handlers makes one handler per environment
   * @param timeout of one invocation, as configured on the function
   */
  public LambdaFunction(String name, Supplier<?> handlers, Duration timeout) {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("a function needs a time-out above zero: " + timeout);
    }
    this.name = name;
    this.handlers = handlers;
    this.timeout = timeout;
  }

  /** A function as Lambda makes it: by the handler's public constructor without arguments. */
  public LambdaFunction(String name, Class<?> handler, Duration timeout) {
    this(name, () -> construct(handler), timeout);
  }

  public String name() {
    return name;
  }

  public Duration timeout() {
    return timeout;
  }

  /** Invocations started. */
  public long invocations() {
    return invocations.sum();
  }

  /** Invocations that ended with an exception. */
  public long errors() {
    return errors.sum();
  }

  /** Invocations abandoned because they took longer than allowed. */
  public long timeouts() {
    return timeouts.sum();
  }

  Object newHandler() {
    return handlers.get();
  }

  private static Object construct(Class<?> handler) {
    try {
      return handler.getConstructor().newInstance();
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("the constructor of " + handler.getName() + " failed", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          handler.getName() + " needs to be public with a public constructor of no arguments", e);
    }
  }
}
