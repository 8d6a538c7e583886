package dev.beckon.bench.worker;

import dev.beckon.bench.limits.HttpLimit;
import dev.beckon.bench.limits.MailLimit;
import dev.beckon.bench.limits.StoreLimit;
import dev.beckon.bench.measure.Measured;

/**
 * Every scenario by name: {@code csv}, {@code bulk-0}, {@code text-50}, {@code mail-0} and so on
 * for the real core at that latency in milliseconds, and {@code limit-…} for bare writers.
 */
final class Scenarios {
  /** As {@code csv}, collecting all the time to see what is held. */
  static final String HEAP = "heap";

  /** Connections that keep a sink busy without queueing before it. */
  private static final int CONNECTIONS = 8;

  private static final int BULK_CONNECTIONS = 4;
  private static final int SLOW_CONNECTIONS = 64;

  private Scenarios() {}

  static Measured create(Order order) {
    int size = order.size();
    return switch (order.scenario()) {
      case "csv", HEAP -> new CsvScenario(new Bed(order), order.folder(), size);
      case "limit-text-0" -> HttpLimit.single(order.port("http"), 0, CONNECTIONS, size);
      case "limit-text-50" -> HttpLimit.single(order.port("http"), 50, SLOW_CONNECTIONS, size);
      case "limit-bulk-0" -> HttpLimit.bulk(order.port("http"), BULK_CONNECTIONS, size);
      case "limit-mail-0" -> new MailLimit(order.port("mail0"), BULK_CONNECTIONS, size);
      case "limit-mail-50" -> new MailLimit(order.port("mail50"), SLOW_CONNECTIONS, size);
      case "limit-insert" -> StoreLimit.inserts(order.place("store"), size);
      case "limit-settle" -> StoreLimit.settles(order.place("store"), size);
      default -> new DispatchScenario(new Bed(order), order);
    };
  }
}
