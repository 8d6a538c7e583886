package dev.beckon.filedrop;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One file's run through a feed. Immutable; its id is also the id of its batch.
 *
 * @param key where the file was dropped
 * @param version the object's version when it was seen; a rewritten file is another import
 * @param releasedAt when its chunks were released; the moment its rows count as accepted
 * @param header the file's column names
 * @param problem why it was refused; empty when it was not
 */
public record Import(
    String id,
    String account,
    String feed,
    String dispatch,
    String key,
    String version,
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

  /** The life of an import. */
  public enum State {
    /** Seen; not scanned through yet, or waiting for another import of its feed. */
    WAITING,
    /** Scanned; its chunks are being accepted. */
    RELEASED,
    /** Every row is refused or stored. */
    ACCEPTED,
    /** The file as a whole cannot be used; nothing of it was sent. */
    REFUSED
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

  /** The file's name without its folders. */
  public String fileName() {
    return key.substring(key.lastIndexOf('/') + 1);
  }

  /** Where its refused rows are written; the id keeps equal file names apart. */
  public String refusedRowsKey() {
    return feed + "/rejected/" + id + "-" + fileName() + ".csv";
  }

  /** Where its file is moved to. */
  public String processedKey() {
    return feed + "/processed/" + id + "-" + fileName();
  }
}
