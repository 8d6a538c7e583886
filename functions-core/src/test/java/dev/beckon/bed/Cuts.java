package dev.beckon.bed;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/**
 * Ports that fail on demand. All calls through wrapped ports are counted together, so that a test
 * can cut a run at its k-th step for every k, or run something of its own just before a step.
 * Thread-safe.
 */
public final class Cuts {

  /** Where a step is cut: the work of the call was not done, or was done and the answer lost. */
  public enum Side {
    BEFORE,
    AFTER
  }

  /** What a worker that is killed at a step looks like to the test. */
  public static final class Cut extends RuntimeException {
    private static final long serialVersionUID = 1;

    Cut(String step) {
      super("cut at " + step);
    }
  }

  private final List<String> steps = new ArrayList<>();
  private int cutAt = -1;
  private Side side = Side.BEFORE;
  private boolean deadly;
  private boolean dead;
  private String intruderAt = "";
  private Runnable intruder = () -> {};

  /** The next run is cut at its {@code step}-th call, counted from 0; once. */
  public synchronized void arm(int step, Side side) {
    steps.clear();
    cutAt = step;
    this.side = side;
    deadly = false;
  }

  /** As {@link #arm}, and no call after the cut goes through until it is disarmed. */
  public synchronized void kill(int step, Side side) {
    arm(step, side);
    deadly = true;
  }

  /** Nothing is cut any more. Returns whether the cut had been made. */
  public synchronized boolean disarm() {
    boolean made = cutAt == -1;
    cutAt = -1;
    dead = false;
    return made;
  }

  /** Runs something once just before the next call of a method such as {@code settle}. */
  public synchronized void before(String method, Runnable intruder) {
    intruderAt = method;
    this.intruder = intruder;
  }

  /** The calls since {@link #arm}, as {@code InvitationStore.insert}. */
  public synchronized List<String> steps() {
    return List.copyOf(steps);
  }

  <T> T wrap(Class<T> port, T real) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              String name = port.getSimpleName() + "." + method.getName();
              Side here = enter(name, method.getName());
              if (here == Side.BEFORE) {
                throw new Cut("before " + name);
              }
              Object answer;
              try {
                answer = method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              if (here == Side.AFTER) {
                throw new Cut("after " + name);
              }
              return answer;
            }));
  }

  /** Null where the call goes through. */
  private Side enter(String name, String method) {
    Runnable first = null;
    Side cut = null;
    synchronized (this) {
      if (method.equals(intruderAt)) {
        intruderAt = "";
        first = intruder;
      }
      if (dead) {
        return Side.BEFORE;
      }
      if (cutAt == steps.size()) {
        cutAt = -1;
        cut = side;
        dead = deadly;
      }
      steps.add(name);
    }
    if (first != null) {
      first.run();
    }
    return cut;
  }
}
