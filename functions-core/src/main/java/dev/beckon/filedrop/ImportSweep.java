package dev.beckon.filedrop;

import dev.beckon.parcel.Hint;
import dev.beckon.parcel.WorkQueue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Wakes imports that came to a stop: a scan whose worker is gone, chunks whose hints are lost. */
public final class ImportSweep {
  /** A stopped import is woken as often as this. */
  private static final Duration WAKE = Duration.ofMinutes(3);

  private final ImportStore imports;
  private final WorkQueue files;
  private final WorkQueue chunks;
  private final Clock clock;

  ImportSweep(FileDropParts parts) {
    this.imports = parts.imports();
    this.files = parts.files();
    this.chunks = parts.chunks();
    this.clock = parts.clock();
  }

  /** One run; called every minute. */
  public void run() {
    Instant now = clock.instant();
    for (Import open : imports.open(100)) {
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
