package dev.beckon.filedrop;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.beckon.events.Event;
import dev.beckon.events.EventLog;
import dev.beckon.intake.Refusal;
import dev.beckon.parcel.Hint;
import dev.beckon.parcel.WorkQueue;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Ends an import: the refused rows become a file, the source moves on, the feed's lock is freed and
 * its next file is woken. Every step may be run again, also by two workers at once, and gives the
 * same. The chunk objects stay until the bucket's life-cycle rule takes them. Thread-safe.
 */
final class ImportEnd {
  private static final String FORMULA_STARTS = "=+-@\t\r";

  private final ImportStore imports;
  private final ObjectStore objects;
  private final ChunkFile chunkFile;
  private final WorkQueue files;
  private final EventLog events;
  private final Clock clock;

  ImportEnd(FileDropParts parts) {
    this.imports = parts.imports();
    this.objects = parts.objects();
    this.chunkFile = new ChunkFile(parts.sealer(), parts.objects());
    this.files = parts.files();
    this.events = parts.events();
    this.clock = parts.clock();
  }

  /** Ends a released import once its last chunk is accepted. */
  void finishIfDone(Import dropped) {
    if (imports.openChunks(dropped.id()) > 0) {
      return;
    }
    List<Chunk> chunks = imports.chunks(dropped.id());
    Map<String, Integer> refused = new HashMap<>();
    Map<String, Integer> stored = new HashMap<>();
    for (Chunk chunk : chunks) {
      chunk.totals().refused().forEach((code, rows) -> refused.merge(code, rows, Integer::sum));
      chunk.totals().stored().forEach((state, rows) -> stored.merge(state, rows, Integer::sum));
    }
    if (!refused.isEmpty()) {
      writeRefusedRows(dropped, chunks);
    }
    imports.accept(dropped.id(), new Import.Totals(refused, stored));
    imports.find(dropped.id()).ifPresent(this::conclude);
  }

  /** Refuses a file as a whole; nothing of it is sent. */
  void refuse(Import dropped, String problem) {
    imports.refuse(dropped.id(), problem);
    // Where another worker brought it further meanwhile, its file and lock are still needed.
    imports.find(dropped.id()).filter(now -> now.state().isFinal()).ifPresent(this::conclude);
  }

  /**
   * What follows the end and may have been cut off: somebody is told, the file moves on, the next
   * one is woken.
   */
  void conclude(Import ended) {
    switch (ended.state()) {
      case ACCEPTED ->
          event(
              ended,
              Event.Level.INFORMATION,
              "import-accepted",
              ended.rows()
                  + " rows: refused "
                  + ended.totals().refused()
                  + ", stored "
                  + ended.totals().stored());
      case REFUSED ->
          event(
              ended,
              Event.Level.ERROR,
              "import-refused",
              ended.fileName() + ": " + ended.problem());
      case CHECKED ->
          event(
              ended,
              Event.Level.INFORMATION,
              "import-checked",
              ended.rows() + " rows looked at, nothing sent; the report is " + ended.reportKey());
      case CANCELLED -> {
        // told by the command, with what was sent by then
      }
      case WAITING, RELEASED -> throw new IllegalStateException(ended.id() + " has not ended");
    }
    tidy(ended);
  }

  /** The file moves on, the next one of the feed is woken. */
  void tidy(Import dropped) {
    // A file dropped since under the same name is another import's.
    if (objects
        .info(dropped.key())
        .filter(now -> now.version().equals(dropped.version()))
        .isPresent()) {
      objects.move(dropped.key(), dropped.processedKey());
    }
    imports.unlock(dropped.feed(), dropped.id());
    imports
        .nextWaiting(dropped.feed())
        .ifPresent(next -> files.send(List.of(Hint.importRun(next.id()))));
  }

  /** Its file is being read; told once, however often the reading is taken up again. */
  void began(Import dropped) {
    event(dropped, Event.Level.INFORMATION, "import-started", dropped.fileName() + " is read");
  }

  private void event(Import dropped, Event.Level level, String code, String message) {
    events.write(
        new Event(
            clock.instant(),
            level,
            code,
            code + "/" + dropped.id(),
            dropped.account(),
            "import " + dropped.id() + " of feed " + dropped.feed() + ": " + message));
  }

  private void writeRefusedRows(Import dropped, List<Chunk> chunks) {
    String key = dropped.refusedRowsKey();
    try (CsvWriter csv =
        CsvWriter.builder()
            .build(new OutputStreamWriter(objects.writer(key), StandardCharsets.UTF_8))) {
      csv.writeRecord("row", "field", "code", "reason", "value");
      for (Chunk chunk : chunks) {
        for (Refusal refusal : chunkFile.readRefusals(dropped.account(), chunk)) {
          csv.writeRecord(
              Integer.toString(refusal.row()),
              refusal.field(),
              refusal.code(),
              refusal.message(),
              neutral(refusal.value()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing " + key + " failed", e);
    }
  }

  /** A cell that a spreadsheet would take for a formula is marked as text. */
  private static String neutral(String cell) {
    String shown = cell.length() > 200 ? cell.substring(0, 200) + "…" : cell;
    return !shown.isEmpty() && FORMULA_STARTS.indexOf(shown.charAt(0)) >= 0 ? "'" + shown : shown;
  }
}
