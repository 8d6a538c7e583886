package dev.beckon.bench.measure;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/**
 * Remembers the most heap that was in use just after a collection of all of it: what the program
 * holds, not what the collector has not come to yet. Thread-safe.
 */
public final class HeapWatch {
  private static final String OF_ALL = "end of major GC";
  private static final long BETWEEN_MILLIS = 300;

  private final AtomicLong peak = new AtomicLong();
  private final Set<String> heap =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .map(MemoryPoolMXBean::getName)
          .collect(Collectors.toSet());

  /** Begins to listen to collections that come by themselves. */
  public void begin() {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (collector instanceof NotificationEmitter emitter) {
        emitter.addNotificationListener(
            (notification, handback) -> {
              if (notification.getUserData() instanceof CompositeData data) {
                note(GarbageCollectionNotificationInfo.from(data));
              }
            },
            null,
            null);
      }
    }
  }

  /** Asks for a collection again and again until the process ends; slows everything down. */
  @SuppressWarnings("SystemGC") // what is held can be told only right after one
  public void collectOften() {
    Thread.ofPlatform()
        .daemon()
        .name("collect")
        .start(() -> {
          while (true) {
            System.gc();
            try {
              Thread.sleep(BETWEEN_MILLIS);
            } catch (InterruptedException e) {
              return;
            }
          }
        });
  }

  private void note(GarbageCollectionNotificationInfo collection) {
    if (!collection.getGcAction().equals(OF_ALL)) {
      return;
    }
    long used =
        collection.getGcInfo().getMemoryUsageAfterGc().entrySet().stream()
            .filter(pool -> heap.contains(pool.getKey()))
            .mapToLong(pool -> pool.getValue().getUsed())
            .sum();
    peak.accumulateAndGet(used, Math::max);
  }

  /** Bytes; what is in use now where nothing was collected yet. */
  public long peak() {
    long seen = peak.get();
    return seen > 0 ? seen : ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
