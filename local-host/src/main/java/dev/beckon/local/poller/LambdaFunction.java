package dev.beckon.local.poller;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One deployed function: its name, how its handler is made and how long an invocation may take.
 * Counts what all its environments do. Thread-safe.
 */
public final class LambdaFunction {

  private final String name;
  private final Duration timeout;
  private final Function<LambdaFunction, LambdaEnvironment> environments;
  private final LongAdder invocations = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final LongAdder timeouts = new LongAdder();

  /**
   * A function whose handlers need something given to them.
   *
   * @param handlers makes one handler per environment
   * @param timeout of one invocation, as configured on the function
   */
  public LambdaFunction(String name, Supplier<?> handlers, Duration timeout) {
    this(name, timeout, function -> new InProcessEnvironment(function, handlers));
  }

  /**
   * A function that runs elsewhere.
   *
   * @param timeout of one invocation, as configured on the function
   * @param environments makes one environment, which tells the function what it does
   */
  public LambdaFunction(
      String name, Duration timeout, Function<LambdaFunction, LambdaEnvironment> environments) {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("a function needs a time-out above zero: " + timeout);
    }
    this.name = name;
    this.timeout = timeout;
    this.environments = environments;
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

  /** One more environment, not started yet; for the caller to close. */
  public LambdaEnvironment newEnvironment() {
    return environments.apply(this);
  }

  /** Told by an environment as an invocation begins. */
  public void started() {
    invocations.increment();
  }

  /** Told by an environment when an invocation ended. */
  public void ended(Outcome outcome) {
    switch (outcome) {
      case Outcome.Returned returned -> {}
      case Outcome.Failed failed -> errors.increment();
      case Outcome.TimedOut timedOut -> timeouts.increment();
    }
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
