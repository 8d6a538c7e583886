package dev.beckon.bench.sinks;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The invitations that the sink knows. Rows that were inserted as a batch named {@code
 * <kind>.0000000} come back as rows of any batch {@code <kind>.0000001}, so that a run of millions
 * needs only the first ten thousand. Both names have the same length: a row is answered by copying
 * its bytes and writing the other name into them. Thread-safe.
 */
final class Planted {
  private static final byte[] SEED = Names.bytes(".0000000");

  /** Digits of a row number at the end of an invitation's id, and the dash before them. */
  private static final int ROW = 10;

  /** Rows of one kind, by row number. */
  static final class Field {
    private volatile byte[][] rows = new byte[1][];
    private final Map<String, Integer> rowOfHash = new HashMap<>();

    private synchronized void add(int row, byte[] document, String hash) {
      byte[][] all = rows;
      if (row >= all.length) {
        all = Arrays.copyOf(all, Math.max(row + 1, all.length * 2));
      }
      all[row] = document;
      rows = all;
      rowOfHash.put(hash, row);
    }

    byte @Nullable [] row(int row) {
      byte[][] all = rows;
      return row < all.length ? all[row] : null;
    }

    /** The row of a recipient; 0 when nobody has this hash. */
    synchronized int rowOf(String hash) {
      return rowOfHash.getOrDefault(hash, 0);
    }
  }

  private final Map<String, Field> fields = new ConcurrentHashMap<>();
  private final Set<String> claimed = ConcurrentHashMap.newKeySet();

  /** Keeps an inserted invitation when its batch is a seed. */
  void keep(byte[] message, int document) {
    int batch = Bson.find(message, document, Names.BATCH);
    if (batch == 0) {
      return;
    }
    int name = Bson.value(message, batch);
    int length = Bson.length(message, name);
    if (length <= SEED.length || !Bson.isText(message, name + 4 + length - SEED.length, SEED)) {
      return;
    }
    int id = Bson.find(message, document, Names.ID);
    int hash = Bson.find(message, document, Names.HASH);
    String kind = new String(message, name + 4, length - SEED.length, StandardCharsets.UTF_8);
    byte[] copy = Arrays.copyOfRange(message, document, document + Bson.int32(message, document));
    fields
        .computeIfAbsent(kind, any -> new Field())
        .add(
            row(message, Bson.value(message, id)),
            copy,
            Bson.text(message, Bson.value(message, hash)));
  }

  /** The rows that the batch of an id, a string value of a message, is made of. */
  @Nullable Field field(byte[] message, int id) {
    String batch = batch(message, id);
    int dot = batch.lastIndexOf('.');
    return dot < 0 ? null : fields.get(batch.substring(0, dot));
  }

  @Nullable Field fieldOf(String batch) {
    int dot = batch.lastIndexOf('.');
    return dot < 0 ? null : fields.get(batch.substring(0, dot));
  }

  void claim(String batch) {
    claimed.add(batch);
  }

  /** Whether a batch was claimed: by the time anybody asks, its rows are sent. */
  boolean isClaimed(String batch) {
    return claimed.contains(batch);
  }

  /** The batch in an invitation's id. */
  static String batch(byte[] message, int id) {
    return new String(message, id + 4, Bson.length(message, id) - ROW, StandardCharsets.UTF_8);
  }

  /** The row number in an invitation's id. */
  static int row(byte[] message, int id) {
    int end = id + 4 + Bson.length(message, id);
    int row = 0;
    for (int at = end - ROW + 1; at < end; at++) {
      row = row * 10 + message[at] - '0';
    }
    return row;
  }

  static int lengthOfBatch(byte[] message, int id) {
    return Bson.length(message, id) - ROW;
  }
}
