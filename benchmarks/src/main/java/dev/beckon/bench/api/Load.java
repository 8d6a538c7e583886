package dev.beckon.bench.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/**
 * A closed loop: each connection sends its next request as soon as the last one is answered. Runs
 * once.
 */
public final class Load {
  private static final double NANOS = 1e9;
  private static final double MILLIS = 1e6;
  private static final long SECOND = 1_000_000_000L;

  private final LoadOrder order;
  private final Requests requests;
  private final long counted;
  private final long end;

  /** Begins its warm-up now. */
  public Load(LoadOrder order) {
    this.order = order;
    this.requests = new Requests(order);
    this.counted = System.nanoTime() + (long) (order.warmUpSeconds() * NANOS);
    this.end = counted + (long) (order.seconds() * NANOS);
  }

  /** What one connection saw. */
  private static final class Lane {
    /** Nanoseconds of each right answer. */
    private long[] took = new long[1_024];

    private int count;
    private long last;
    private long errors;
    private long all;

    void add(long nanos) {
      took = count == took.length ? Arrays.copyOf(took, 2 * count) : took;
      took[count++] = nanos;
    }

    LongStream took() {
      return Arrays.stream(took, 0, count);
    }
  }

  /** Runs until its seconds are over. */
  public LoadSeen run() throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Long> wrong = threads.submit(this::wrongKeys);
      List<Future<Lane>> lanes = new ArrayList<>();
      for (int i = 0; i < order.connections(); i++) {
        int number = i;
        lanes.add(threads.submit(() -> lane(number)));
      }
      long errors = 0;
      long all = 0;
      long last = end;
      LongStream.Builder took = LongStream.builder();
      for (Future<Lane> lane : lanes) {
        lane.get().took().forEach(took::add);
        errors += lane.get().errors;
        all += lane.get().all;
        last = Math.max(last, lane.get().last);
      }
      return seen(
          took.build().sorted().toArray(), (last - counted) / NANOS, errors, all, wrong.get());
    } catch (ExecutionException e) {
      throw new IllegalStateException("the load ended early", e);
    }
  }

  private static LoadSeen seen(
      long[] sorted, double seconds, long errors, long all, long turnedAway) {
    return new LoadSeen(
        sorted.length,
        seconds,
        quantile(sorted, 0.5),
        quantile(sorted, 0.99),
        quantile(sorted, 1),
        errors,
        all,
        turnedAway);
  }

  private Lane lane(int number) throws IOException {
    Lane lane = new Lane();
    try (Connection connection = new Connection(order.port())) {
      for (int n = 0; System.nanoTime() < end; n++) {
        byte[] request = requests.request(number, n);
        long begun = System.nanoTime();
        int status = connection.ask(request);
        long over = System.nanoTime();
        lane.all++;
        if (status != requests.right()) {
          lane.errors++;
        } else if (begun >= counted) {
          lane.add(over - begun);
        }
      }
    }
    lane.last = System.nanoTime();
    return lane;
  }

  /** At their pace, whatever the answers take. */
  private long wrongKeys() throws IOException, InterruptedException {
    long turnedAway = 0;
    if (order.wrongKeys() > 0) {
      try (Connection connection = new Connection(order.port())) {
        long next = System.nanoTime();
        for (int n = 0; System.nanoTime() < end; n++) {
          int status = connection.ask(requests.wrong(n));
          turnedAway += status == 401 || status == 429 ? 1 : 0;
          next += SECOND / order.wrongKeys();
          Thread.sleep(Math.max(0, (next - System.nanoTime()) / 1_000_000));
        }
      }
    }
    return turnedAway;
  }

  private static double quantile(long[] sorted, double share) {
    if (sorted.length == 0) {
      return 0;
    }
    int at = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.clamp(at, 0, sorted.length - 1)] / MILLIS;
  }
}
