package dev.beckon.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Runs the same step in several threads that start at one moment. */
public final class Together {
  private Together() {}

  /**
   * @param step gets the number of its thread, from 0
   * @return what the threads returned, in their order
   */
  public static <T> List<T> run(int threads, IntFunction<T> step) throws Exception {
    CountDownLatch start = new CountDownLatch(threads);
    List<Future<T>> running = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (int i = 0; i < threads; i++) {
        int number = i;
        running.add(
            pool.submit(() -> {
              start.countDown();
              start.await();
              return step.apply(number);
            }));
      }
    }
    List<T> results = new ArrayList<>();
    for (Future<T> future : running) {
      results.add(future.get());
    }
    return results;
  }
}
