package dev.beckon.bench.worker;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.bench.measure.HeapWatch;
import dev.beckon.bench.measure.Measured;
import dev.beckon.bench.measure.Meter;
import dev.beckon.bench.measure.Outcome;
import dev.beckon.bench.measure.Round;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The measured process: reads its order from its argument, prints its outcome as JSON. */
public final class WorkerMain {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final double NANOS = 1e9;

  private WorkerMain() {}

  /** Called by Java in the worker's process. */
  public static void main(String[] arguments) throws Exception {
    Outcome outcome = run(JSON.readValue(arguments[0], Order.class));
    new PrintStream(System.out, true, StandardCharsets.UTF_8)
        .println(JSON.writeValueAsString(outcome));
    System.exit(0);
  }

  /** Runs an order in this process. */
  public static Outcome run(Order order) throws Exception {
    HeapWatch heap = new HeapWatch();
    heap.begin();
    if (order.scenario().equals(Scenarios.HEAP)) {
      heap.collectOften();
    }
    List<Round> rounds = new ArrayList<>();
    try (SinkCounts sinks = new SinkCounts(order.place("store"));
        Measured scenario = Scenarios.create(order)) {
      Meter meter = new Meter(() -> sinks.of("cpuNanos"));
      long warmUntil = System.nanoTime() + (long) (order.warmUpSeconds() * NANOS);
      while (System.nanoTime() < warmUntil) {
        meter.measure(scenario);
      }
      for (int round = 0; round < order.rounds(); round++) {
        rounds.add(meter.measure(scenario));
      }
    }
    return new Outcome(order.scenario(), rounds, heap.peak(), Runtime.getRuntime().maxMemory());
  }
}
