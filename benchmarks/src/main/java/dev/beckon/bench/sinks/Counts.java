package dev.beckon.bench.sinks;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What arrived at the sinks so far. Thread-safe. */
public final class Counts {
  final LongAdder commands = new LongAdder();
  final LongAdder forwarded = new LongAdder();
  final LongAdder inserted = new LongAdder();
  final LongAdder claimed = new LongAdder();
  final LongAdder settled = new LongAdder();
  final LongAdder requests = new LongAdder();
  final LongAdder recipients = new LongAdder();
  final LongAdder mails = new LongAdder();
  final LongAdder bytes = new LongAdder();

  /** By name, with the processor time of the sinks' process. */
  Map<String, Long> read() {
    Map<String, Long> read = new LinkedHashMap<>();
    read.put("commands", commands.sum());
    read.put("forwarded", forwarded.sum());
    read.put("inserted", inserted.sum());
    read.put("claimed", claimed.sum());
    read.put("settled", settled.sum());
    read.put("requests", requests.sum());
    read.put("recipients", recipients.sum());
    read.put("mails", mails.sum());
    read.put("bytes", bytes.sum());
    read.put("cpuNanos", cpuNanos());
    return read;
  }

  private static long cpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }
}
