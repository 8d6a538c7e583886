package dev.beckon.bench;

import java.util.List;

/**
 * How much is run.
 *
 * @param warmUpSeconds before the first measured round of the core
 * @param rounds measured; the median counts
 * @param scale of the rounds' sizes: 1 gives rounds of about a second each
 * @param steps of the JMH benchmarks; null for none
 * @param heapRows rows of the imports whose heap is watched
 * @param guideLines of the guide's table, from its first on
 * @param guideWaves answers of the slow vendor that each connection waits for
 * @param bulkRows size of the bulk import during which single invitations are timed
 * @param pacedRows size of the import through a vendor of limited rate
 * @param starts of each function in each way; 0 for none
 * @param api of the HTTP API
 */
public record Plan(
    double warmUpSeconds,
    int rounds,
    double scale,
    Steps steps,
    List<Integer> heapRows,
    int guideLines,
    int guideWaves,
    int bulkRows,
    int pacedRows,
    int starts,
    Api api) {

  /**
   * Rounds of the single steps: warm-up and measured, each of so many milliseconds.
   *
   * @param forks processes for each; 0 runs them in this one, which shows that they run but gives
   *     no figure to believe
   */
  public record Steps(int warmUps, int rounds, int millis, int forks) {}

  /**
   * Each run of the HTTP API.
   *
   * @param warmUpSeconds before anything is counted
   * @param seconds that are counted
   */
  public record Api(double warmUpSeconds, double seconds) {}

  private static final int MILLION = 1_000_000;

  /** Everything once, in under three minutes on a quiet machine. */
  static Plan quick() {
    return new Plan(
        3,
        3,
        0.5,
        new Steps(1, 2, 200, 1),
        List.of(10_000, 100_000),
        6,
        1,
        5_000,
        1_000,
        3,
        new Api(3, 5));
  }

  /** The figures we publish. */
  static Plan full() {
    return new Plan(
        20,
        7,
        2,
        new Steps(5, 5, 1_000, 1),
        List.of(10_000, 100_000, MILLION),
        6,
        6,
        200_000,
        10_000,
        9,
        new Api(10, 25));
  }

  /** The same with an import of ten million rows. */
  static Plan extended() {
    Plan full = full();
    return new Plan(
        full.warmUpSeconds(),
        full.rounds(),
        full.scale(),
        full.steps(),
        List.of(10_000, 100_000, MILLION, 10 * MILLION),
        full.guideLines(),
        full.guideWaves(),
        full.bulkRows(),
        full.pacedRows(),
        full.starts(),
        full.api());
  }

  int size(int atScaleOne) {
    return Math.max(1, (int) (atScaleOne * scale));
  }
}
