package dev.beckon.filedrop;

import dev.beckon.parcel.Hint;
import dev.beckon.parcel.WorkQueue;
import dev.beckon.telemetry.Meter;
import dev.beckon.telemetry.Metric;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Wakes imports that came to a stop: a scan whose worker is gone, chunks whose hints are lost. */
public final class ImportSweep {
  /** A stopped import is woken as often as this. */
  private static final Duration WAKE = Duration.ofMinutes(3);

  /** An import whose state has not moved for so long needs somebody who looks. */
  private static final Duration STUCK = Duration.ofMinutes(30);

  private final ImportStore imports;
  private final WorkQueue files;
  private final WorkQueue chunks;
  private final Clock clock;
  private final Meter meter;

  ImportSweep(FileDropParts parts) {
    this.imports = parts.imports();
    this.files = parts.files();
    this.chunks = parts.chunks();
    this.clock = parts.clock();
    this.meter = parts.telemetry().meter();
  }

  /** One run; called every minute. */
  public void run() {
    Instant now = clock.instant();
    List<Import> all = imports.open(100);
    meter.add(
        Metric.IMPORT_STUCK,
        Map.of(),
        all.stream().filter(open -> open.since().isBefore(now.minus(STUCK))).count());
    for (Import open : all) {
      if (!imports.hint(open.id(), now.minus(WAKE), now)) {
        continue;
      }
      List<String> missing =
          imports.chunks(open.id()).stream()
              .filter(chunk -> !chunk.accepted())
              .map(chunk -> Hint.chunk(chunk.id()))
              .toList();
      if (open.state() == Import.State.WAITING || missing.isEmpty()) {
        files.send(List.of(Hint.importRun(open.id())));
      } else {
        chunks.send(missing);
      }
    }
  }
}
