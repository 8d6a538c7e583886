package dev.beckon.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs inputs of a generator one by one. Each has a seed of its own and bounds on its time and on
 * the memory its thread asks for; a failure names seed, number and input. {@code
 * -Dbeckon.fuzz.seed} and {@code -Dbeckon.fuzz.inputs} choose others.
 */
public final class Fuzz {
  private static final long SEED = Long.getLong("beckon.fuzz.seed", 20_260_302L);
  private static final int INPUTS = Integer.getInteger("beckon.fuzz.inputs", 1_000);
  private static final long PATIENCE_SECONDS = 20;
  private static final int SHOWN = 2_000;

  /** Makes an input; the same for the same numbers. */
  public interface Generator<I> {
    I make(Random random) throws Exception;
  }

  /** Takes an input and says in a word what came of it; throws what must not happen. */
  public interface Attack<I> {
    String on(I input) throws Exception;
  }

  private final String what;
  private final long mostBytes;

  private final int inputs;

  private Fuzz(String what, long mostBytes, int inputs) {
    this.what = what;
    this.mostBytes = mostBytes;
    this.inputs = inputs;
  }

  /**
   * @param mostMegabytes what one input may make its thread ask for, garbage included
   */
  public static Fuzz of(String what, int mostMegabytes) {
    return new Fuzz(what, mostMegabytes * 1_000_000L, INPUTS);
  }

  /** The same with a tenth of the inputs, where each is a whole run. */
  public Fuzz aTenth() {
    return new Fuzz(what, mostBytes, INPUTS / 10);
  }

  /**
   * Runs the inputs, a thousand unless told otherwise; returns how often each word was answered.
   */
  public <I> Map<String, Integer> run(Generator<I> generator, Attack<I> attack) {
    Map<String, Integer> outcomes = new TreeMap<>();
    for (int number = 0; number < inputs; number++) {
      I input;
      try {
        input = generator.make(new Random(SEED * 1_000_003 + number));
      } catch (Exception e) {
        throw new IllegalStateException("the generator failed at " + number, e);
      }
      outcomes.merge(one(number, input, attack), 1, Integer::sum);
    }
    return outcomes;
  }

  private <I> String one(int number, I input, Attack<I> attack) {
    CompletableFuture<String> end = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              try {
                String word = attack.on(input);
                long bytes = allocated();
                if (bytes > mostBytes) {
                  throw new AssertionError("it asked for " + bytes / 1_000_000 + " MB of memory");
                }
                end.complete(word);
              } catch (Throwable e) {
                end.completeExceptionally(e);
              }
            });
    try {
      return end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw failure(number, input, String.valueOf(e.getCause()), e.getCause());
    } catch (TimeoutException e) {
      String place = Arrays.toString(thread.getStackTrace());
      throw failure(number, input, "no end after " + PATIENCE_SECONDS + " s, at " + place, e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().threadId());
  }

  private AssertionError failure(int number, Object input, String why, Throwable cause) {
    String text = input instanceof byte[] bytes ? hex(bytes) : String.valueOf(input);
    String shown =
        text.length() <= SHOWN
            ? text
            : text.substring(0, SHOWN) + "… (" + text.length() + " characters)";
    return new AssertionError(
        "%s: input %d of seed %d: %s; repeat with -Dbeckon.fuzz.seed=%d%n%s"
            .formatted(what, number, SEED, why, SEED, shown),
        cause);
  }

  private static String hex(byte[] bytes) {
    StringBuilder shown = new StringBuilder(bytes.length);
    for (byte b : bytes) {
      shown.append(b >= ' ' && b < 127 ? String.valueOf((char) b) : "\\x%02x".formatted(b));
    }
    return shown.toString();
  }
}
