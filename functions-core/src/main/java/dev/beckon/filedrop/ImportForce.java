package dev.beckon.filedrop;

import dev.beckon.events.Event;
import dev.beckon.events.EventLog;
import dev.beckon.parcel.Hint;
import dev.beckon.parcel.WorkQueue;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Runs a refused file again though its content was imported before. Thread-safe.
 *
 * <p>The new import's id follows from the old one's: the command run again, after a crash or by two
 * people at once, finds the same import and sends nobody anything twice.
 */
public final class ImportForce {
  private final ImportStore imports;
  private final ObjectStore objects;
  private final WorkQueue files;
  private final EventLog events;
  private final Clock clock;

  ImportForce(FileDropParts parts) {
    this.imports = parts.imports();
    this.objects = parts.objects();
    this.files = parts.files();
    this.events = parts.events();
    this.clock = parts.clock();
  }

  /**
   * Imports the file of a refused import as a new batch.
   *
   * @param who the person who wants it, for the event
   * @return the id of the new import, which may have begun already
   * @throws ImportOperationException when the import was not refused, or its file is gone
   */
  public String force(String id, String who) {
    Import refused = imports.find(id).orElseThrow(() -> ImportOperationException.unknown(id));
    if (refused.state() != Import.State.REFUSED || refused.kind() == Import.Kind.CHECK) {
      throw new ImportOperationException(
          "import "
              + id
              + " was not refused; to send the same file once more, drop it again and force the import"
              + " that is refused for it");
    }
    String key = refused.processedKey();
    ObjectStore.ObjectInfo file =
        objects
            .info(key)
            .orElseThrow(() ->
                new ImportOperationException(
                    "the file " + key + " is gone; drop it again and force the new import"));
    Instant now = clock.instant();
    String forced = FileDrop.importId("force/" + id, key);
    imports.insert(
        Import.seen(
            forced,
            refused.account(),
            refused.feed(),
            refused.dispatch(),
            key,
            file.version(),
            Import.Kind.FORCED,
            now));
    events.write(
        new Event(
            now,
            Event.Level.WARNING,
            "import-forced",
            "import-forced/" + forced,
            refused.account(),
            who
                + " forced import "
                + id
                + " of feed "
                + refused.feed()
                + " although it was refused; it runs as import "
                + forced));
    files.send(List.of(Hint.importRun(forced)));
    return forced;
  }
}
