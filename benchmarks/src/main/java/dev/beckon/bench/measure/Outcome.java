package dev.beckon.bench.measure;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a worker process measured.
 *
 * @param rounds those measured, without the warm-up
 * @param peakHeap the most bytes that were live after a collection, warm-up included
 * @param mostHeap what the heap was bounded to
 */
public record Outcome(String scenario, List<Round> rounds, long peakHeap, long mostHeap) {

  /** The middle of a figure over all rounds. */
  public double median(ToDoubleFunction<Round> figure) {
    double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalStateException(scenario + " measured no round");
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Distance between the slowest and the fastest round, as a share of the median. */
  public double spread() {
    double[] rates = rounds.stream().mapToDouble(Round::rate).toArray();
    return (Arrays.stream(rates).max().orElse(0) - Arrays.stream(rates).min().orElse(0))
        / median(Round::rate);
  }
}
