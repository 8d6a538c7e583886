package dev.beckon.filedrop;

import dev.beckon.telemetry.Tag;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One file's run through a feed. Immutable; its id is also the id of its batch.
 *
 * @param key where the file was dropped
 * @param version the object's version when it was seen; a rewritten file is another import
 * @param kind what it is done for
 * @param releasedAt when its chunks were released; the moment its rows count as accepted
 * @param header the file's column names
 * @param problem why it was refused or who cancelled it; else empty
 */
public record Import(
    String id,
    String account,
    String feed,
    String dispatch,
    String key,
    String version,
    Kind kind,
    State state,
    Instant createdAt,
    @Nullable Instant releasedAt,
    List<String> header,
    int chunks,
    long rows,
    String problem,
    Totals totals) {

  public Import {
    header = List.copyOf(header);
  }

  /** An import of a file that nothing is known of but that it lies there. */
  static Import seen(
      String id,
      String account,
      String feed,
      String dispatch,
      String key,
      String version,
      Kind kind,
      Instant at) {
    return new Import(
        id,
        account,
        feed,
        dispatch,
        key,
        version,
        kind,
        State.WAITING,
        at,
        null,
        List.of(),
        0,
        0,
        "",
        Totals.NONE);
  }

  /** What an import is done for. */
  public enum Kind {
    /** Its rows become invitations. */
    SEND,
    /** Its rows are looked at and forgotten: a report is all that comes of it. */
    CHECK,
    /** As SEND, by command, of a file that was refused before; the same content is no obstacle. */
    FORCED
  }

  /** The life of an import. */
  public enum State {
    /** Seen; not scanned through yet, or waiting for another import of its feed. */
    WAITING,
    /** Scanned; its chunks are being accepted. */
    RELEASED,
    /** Every row is refused or stored. */
    ACCEPTED,
    /** The file as a whole cannot be used; nothing of it was sent. */
    REFUSED,
    /** Somebody stopped it: what was not sent by then is never sent. */
    CANCELLED,
    /** Looked at from its first row to its last, and nothing else. */
    CHECKED;

    /** Whether nothing more happens to it by itself. */
    public boolean isFinal() {
      return this != WAITING && this != RELEASED;
    }
  }

  /**
   * What became of rows.
   *
   * @param refused refusal code → rows
   * @param stored state at intake → rows
   */
  public record Totals(Map<String, Integer> refused, Map<String, Integer> stored) {
    public static final Totals NONE = new Totals(Map.of(), Map.of());

    public Totals {
      refused = Map.copyOf(refused);
      stored = Map.copyOf(stored);
    }
  }

  /** Since when an import that is not final has been in its state. */
  Instant since() {
    return releasedAt == null ? createdAt : releasedAt;
  }

  /** What log lines, spans and figures say of it; never its file's name, which is somebody's. */
  Map<Tag, String> tags() {
    Map<Tag, String> about = new EnumMap<>(Tag.class);
    about.put(Tag.ACCOUNT, account);
    about.put(Tag.DISPATCH, dispatch);
    about.put(Tag.BATCH, id);
    about.put(Tag.IMPORT, id);
    return about;
  }

  /** The file's name without its folders. */
  public String fileName() {
    String name = key.substring(key.lastIndexOf('/') + 1);
    // The file of a forced import bears the name its first import gave it.
    return kind == Kind.FORCED ? name.substring(name.indexOf('-') + 1) : name;
  }

  /** The id of the upload its file came by; empty where it was dropped by other means. */
  public Optional<String> upload() {
    return UploadName.of(fileName()).map(UploadName::upload);
  }

  /** What its owner calls the file. */
  public String givenName() {
    return UploadName.of(fileName()).map(UploadName::file).orElse(fileName());
  }

  /** Where its refused rows are written; the id keeps equal file names apart. */
  public String refusedRowsKey() {
    return feed + "/rejected/" + id + "-" + fileName() + ".csv";
  }

  /** Where its file is moved to; a forced one's lies there already. */
  public String processedKey() {
    return switch (kind) {
      case SEND -> feed + "/processed/" + id + "-" + fileName();
      case CHECK -> feed + "/checked/" + id + "-" + fileName();
      case FORCED -> key;
    };
  }

  /** Where a check's report is written. */
  public String reportKey() {
    return feed + "/checked/" + id + "-" + fileName() + ".html";
  }

  /** Where a check's report is written for a terminal. */
  String reportTextKey() {
    return feed + "/checked/" + id + "-" + fileName() + ".txt";
  }

  /** Where it is written who got a message in spite of a cancellation. */
  public String cancelledKey() {
    return feed + "/cancelled/" + id + "-" + fileName() + ".csv";
  }
}
