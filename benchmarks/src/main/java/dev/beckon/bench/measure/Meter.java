package dev.beckon.bench.measure;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/** Measures rounds by the process's own counters. */
public final class Meter {
  private static final double NANOS = 1e9;

  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
  private final LongSupplier sinkCpuNanos;

  /**
   * @param sinkCpuNanos processor time of the sinks' process
   */
  public Meter(LongSupplier sinkCpuNanos) {
    this.sinkCpuNanos = sinkCpuNanos;
  }

  /** Prepares a round and measures what it then does. */
  public Round measure(Measured scenario) throws Exception {
    scenario.prepare();
    long sink = sinkCpuNanos.getAsLong();
    long gc = gcMillis();
    long allocated = threads.getTotalThreadAllocatedBytes();
    long cpu = system.getProcessCpuTime();
    long begin = System.nanoTime();
    Measured.Done done = scenario.run();
    long end = System.nanoTime();
    return new Round(
        done.done(),
        (end - begin) / NANOS,
        (system.getProcessCpuTime() - cpu) / NANOS,
        threads.getTotalThreadAllocatedBytes() - allocated,
        (gcMillis() - gc) / 1e3,
        (sinkCpuNanos.getAsLong() - sink) / NANOS,
        done.details());
  }

  private static long gcMillis() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }
}
