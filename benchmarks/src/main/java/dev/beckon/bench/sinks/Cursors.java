package dev.beckon.bench.sinks;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Answers finds by ids, in batches as a server does: 101 documents first, up to 16 MB with each
 * getMore. One per connection; used by one thread.
 */
final class Cursors {
  /** Documents of a first batch where nobody asked for another number. */
  static final int FIRST = 101;

  private static final int MOST_BYTES = 16_000_000;
  private static final long OURS = 0x4245_434B_0000_0000L;
  private static final byte[] CURSOR = Names.bytes("cursor");
  private static final byte[] FIRST_BATCH = Names.bytes("firstBatch");
  private static final byte[] NEXT_BATCH = Names.bytes("nextBatch");
  private static final byte[] CURSOR_ID = Names.bytes("id");
  private static final byte[] NAMESPACE = Names.bytes("ns");
  private static final byte[] BY = Names.bytes("by");
  private static final byte[] UNTIL = Names.bytes("until");
  private static final byte[] NOT_BEFORE = Names.bytes("notBefore");
  private static final byte[] REDRIVEN = Names.bytes("redriven");
  private static final byte[] ROWS = Names.bytes("rows");
  private static final byte[] FIRST_SENT = Names.bytes("firstSent");
  private static final byte[] ACCEPTED = Names.bytes("ACCEPTED");
  private static final long YEAR = 31_536_000_000L;

  /** What is asked for of each id. */
  enum Shape {
    INVITATION,
    STANDING,
    CLAIMED,
    CONTACT,
    NOTHING
  }

  private static final class Open {
    private final Shape shape;
    private final byte[] ids;
    private final byte[] namespace;
    private int at;

    Open(Shape shape, byte[] ids, byte[] namespace) {
      this.shape = shape;
      this.ids = ids;
      this.namespace = namespace;
      this.at = Bson.first(ids, 0);
    }
  }

  private final Planted planted;
  private final BsonWriter out;
  private final Map<Long, Open> open = new HashMap<>();
  private long last = OURS;

  Cursors(Planted planted, BsonWriter out) {
    this.planted = planted;
    this.out = out;
  }

  void open(Shape shape, byte[] ids, int most, String collection) {
    byte[] namespace = ("beckon." + collection).getBytes(StandardCharsets.UTF_8);
    write(new Open(shape, ids, namespace), FIRST_BATCH, most, ++last);
  }

  /** Answers how many of the rows are in which state. */
  void states(byte[] message, int ids) {
    int first = Bson.value(message, Bson.first(message, ids));
    boolean sent = planted.isClaimed(Planted.batch(message, first));
    int reply = out.open();
    int inner = out.open(Bson.DOCUMENT, CURSOR);
    int list = out.open(Bson.ARRAY, FIRST_BATCH);
    out.item(Bson.DOCUMENT, 0);
    int document = out.open();
    out.string(Names.ID, sent ? Names.SENT : ACCEPTED);
    out.int32(ROWS, Bson.count(message, ids));
    out.close(document);
    out.close(list);
    out.int64(CURSOR_ID, 0);
    out.string(NAMESPACE, Names.bytes("beckon.invitations"));
    out.close(inner);
    out.ok();
    out.close(reply);
  }

  /** Whether the cursor is one of ours. */
  boolean more(long id) {
    Open cursor = open.remove(id);
    if (cursor == null) {
      return false;
    }
    write(cursor, NEXT_BATCH, Integer.MAX_VALUE, id);
    return true;
  }

  private void write(Open cursor, byte[] name, int most, long id) {
    int reply = out.open();
    int inner = out.open(Bson.DOCUMENT, CURSOR);
    int list = out.open(Bson.ARRAY, name);
    int written = 0;
    if (cursor.at != 0 && cursor.shape != Shape.NOTHING) {
      Planted.Field field = planted.field(cursor.ids, Bson.value(cursor.ids, cursor.at));
      boolean sent =
          cursor.shape == Shape.STANDING
              && planted.isClaimed(Planted.batch(cursor.ids, Bson.value(cursor.ids, cursor.at)));
      while (cursor.at != 0 && written < most && out.end() < MOST_BYTES) {
        if (document(cursor, field, sent, written)) {
          written++;
        }
        cursor.at = Bson.next(cursor.ids, cursor.at);
      }
    } else {
      cursor.at = 0;
    }
    out.close(list);
    boolean rest = cursor.at != 0;
    if (rest) {
      open.put(id, cursor);
    }
    out.int64(CURSOR_ID, rest ? id : 0);
    out.string(NAMESPACE, cursor.namespace);
    out.close(inner);
    out.ok();
    out.close(reply);
  }

  private boolean document(
      Open cursor, Planted.@org.jspecify.annotations.Nullable Field field, boolean sent, int n) {
    int id = Bson.value(cursor.ids, cursor.at);
    return switch (cursor.shape) {
      case INVITATION -> field != null && invitation(cursor.ids, id, field, n);
      case CONTACT -> contact(cursor.ids, id, n);
      case STANDING -> standing(cursor.ids, id, sent, n);
      case CLAIMED -> claimed(cursor.ids, id, n);
      case NOTHING -> false;
    };
  }

  private boolean invitation(byte[] ids, int id, Planted.Field field, int n) {
    byte[] row = field.row(Planted.row(ids, id));
    if (row == null) {
      return false;
    }
    out.item(Bson.DOCUMENT, n);
    int at = out.end();
    out.raw(row);
    byte[] reply = out.bytes();
    int batch = Planted.lengthOfBatch(ids, id);
    int ownId = Bson.value(reply, Bson.find(reply, at, Names.ID));
    int ownBatch = Bson.value(reply, Bson.find(reply, at, Names.BATCH));
    System.arraycopy(ids, id + 4, reply, ownId + 4, batch);
    System.arraycopy(ids, id + 4, reply, ownBatch + 4, batch);
    return true;
  }

  private boolean claimed(byte[] ids, int id, int n) {
    out.item(Bson.DOCUMENT, n);
    int document = out.open();
    out.string(Names.ID, ids, id + 4, Bson.length(ids, id));
    out.int32(Names.ATTEMPTS, 1);
    out.date(FIRST_SENT, System.currentTimeMillis());
    out.close(document);
    return true;
  }

  private boolean standing(byte[] ids, int id, boolean sent, int n) {
    out.item(Bson.DOCUMENT, n);
    int document = out.open();
    out.string(Names.ID, ids, id + 4, Bson.length(ids, id));
    out.string(Names.BATCH, ids, id + 4, Planted.lengthOfBatch(ids, id));
    out.string(Names.STATE, sent ? Names.SENT : ACCEPTED);
    out.date(NOT_BEFORE, System.currentTimeMillis());
    out.int64(REDRIVEN, 0);
    out.close(document);
    return true;
  }

  /**
   * A contact's id is account, scope and hash; its scope is the batch where nothing else is set.
   */
  private boolean contact(byte[] ids, int id, int n) {
    String text = Bson.text(ids, id);
    int hash = text.lastIndexOf('/');
    int scope = text.lastIndexOf('/', hash - 1);
    String batch = text.substring(scope + 1, hash);
    Planted.Field field = planted.fieldOf(batch);
    int row = field == null ? 0 : field.rowOf(text.substring(hash + 1));
    if (row == 0) {
      return false;
    }
    out.item(Bson.DOCUMENT, n);
    int document = out.open();
    out.string(Names.ID, ids, id + 4, Bson.length(ids, id));
    out.string(BY, Names.bytes(dev.beckon.invitation.Invitation.id(batch, row)));
    out.date(UNTIL, System.currentTimeMillis() + YEAR);
    out.close(document);
    return true;
  }
}
