package dev.beckon.bench.sinks;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the sink answers by itself: the collections {@code invitations}, {@code contacts} and {@code
 * suppressions}. Every write succeeds and every row asked for is there. The rows of one command are
 * taken to be of one batch. One per connection; used by one thread.
 */
final class StoreAnswers {
  private static final byte[] INSERT = Names.bytes("insert");
  private static final byte[] UPDATE = Names.bytes("update");
  private static final byte[] FIND = Names.bytes("find");
  private static final byte[] AGGREGATE = Names.bytes("aggregate");
  private static final byte[] GET_MORE = Names.bytes("getMore");
  private static final byte[] COUNTS = Names.bytes("benchCounts");
  private static final byte[] N = Names.bytes("n");
  private static final byte[] MODIFIED = Names.bytes("nModified");
  private static final byte[] UPSERTED = Names.bytes("upserted");
  private static final byte[] INDEX = Names.bytes("index");

  /** The collections that grow with the number of rows. */
  private enum Hot {
    INVITATIONS("invitations"),
    CONTACTS("contacts"),
    SUPPRESSIONS("suppressions");

    private final String collection;

    @SuppressWarnings("ImmutableEnumChecker") // compared with the wire, never changed
    private final byte[] bytes;

    Hot(String collection) {
      this.collection = collection;
      this.bytes = Names.bytes(collection);
    }
  }

  private final Planted planted;
  private final Counts counts;
  private final BsonWriter out = new BsonWriter();
  private final Cursors cursors;

  StoreAnswers(Planted planted, Counts counts) {
    this.planted = planted;
    this.counts = counts;
    this.cursors = new Cursors(planted, out);
  }

  byte[] bytes() {
    return out.bytes();
  }

  /**
   * Answers a message.
   *
   * @param message begins with its header and may be longer than what was read into it
   * @return length of the answer in {@link #bytes()}; 0 when somebody else must answer
   */
  int answer(byte[] message, int length) {
    if (Bson.int32(message, 12) != Wire.OP_MSG || message[20] != 0) {
      return 0;
    }
    int body = 21;
    int command = Bson.first(message, body);
    out.reset(Wire.REPLY_BODY);
    boolean answered = answer(message, length, body, command);
    if (!answered) {
      return 0;
    }
    byte[] reply = out.bytes();
    Bson.int32(reply, 0, out.end());
    Bson.int32(reply, 4, 0);
    Bson.int32(reply, 8, Bson.int32(message, 4));
    Bson.int32(reply, 12, Wire.OP_MSG);
    Bson.int32(reply, 16, 0);
    reply[20] = 0;
    return out.end();
  }

  private boolean answer(byte[] message, int length, int body, int command) {
    int value = Bson.value(message, command);
    if (Bson.isNamed(message, command, GET_MORE)) {
      return cursors.more(Bson.int64(message, value));
    }
    if (Bson.isNamed(message, command, COUNTS)) {
      int reply = out.open();
      counts.read().forEach((name, count) -> out.int64(Names.bytes(name), count));
      out.ok();
      out.close(reply);
      return true;
    }
    if (message[command] != Bson.STRING) {
      return false;
    }
    Hot collection = hot(message, value);
    if (collection == null) {
      return false;
    }
    if (Bson.isNamed(message, command, FIND)) {
      return find(message, body, collection);
    }
    if (Bson.isNamed(message, command, AGGREGATE)) {
      return collection == Hot.INVITATIONS && states(message, body);
    }
    int documents = Wire.documents(message, length, body);
    if (documents == 0) {
      return false;
    }
    if (Bson.isNamed(message, command, INSERT)) {
      return insert(message, documents, collection);
    }
    return Bson.isNamed(message, command, UPDATE) && update(message, documents, collection);
  }

  private static @Nullable Hot hot(byte[] message, int value) {
    for (Hot hot : Hot.values()) {
      byte[] name = hot.bytes;
      if (Bson.length(message, value) == name.length && Bson.isText(message, value + 4, name)) {
        return hot;
      }
    }
    return null;
  }

  private boolean insert(byte[] message, int documents, Hot collection) {
    int n = 0;
    int end = Wire.endOf(message, documents);
    for (int at = Wire.firstOf(message, documents); at < end; at += Bson.int32(message, at)) {
      if (collection == Hot.INVITATIONS) {
        planted.keep(message, at);
      }
      n++;
    }
    if (collection == Hot.INVITATIONS) {
      counts.inserted.add(n);
    }
    written(n, false);
    return true;
  }

  private boolean update(byte[] message, int updates, Hot collection) {
    if (collection == Hot.SUPPRESSIONS) {
      return false;
    }
    int n = 0;
    int upserted = 0;
    int reply = out.open();
    int end = Wire.endOf(message, updates);
    int first = Wire.firstOf(message, updates);
    int list = 0;
    for (int at = first; at < end; at += Bson.int32(message, at)) {
      int id = Bson.idOf(message, Bson.value(message, Bson.find(message, at, Names.Q)));
      if (id == 0) {
        return false;
      }
      if (Bson.find(message, at, Names.UPSERT) == 0) {
        int rows = rows(message, id);
        n += rows;
        if (collection == Hot.INVITATIONS) {
          changed(message, at, id, rows);
        }
        continue;
      }
      if (list == 0) {
        list = out.open(Bson.ARRAY, UPSERTED);
      }
      out.item(Bson.DOCUMENT, upserted);
      int one = out.open();
      out.int32(INDEX, upserted);
      int value = Bson.value(message, id);
      out.string(Names.ID, message, value + 4, Bson.length(message, value));
      out.close(one);
      upserted++;
      n++;
    }
    if (list != 0) {
      out.close(list);
    }
    out.int32(N, n);
    out.int32(MODIFIED, n - upserted);
    out.ok();
    out.close(reply);
    return true;
  }

  private static int rows(byte[] message, int id) {
    if (message[id] == Bson.STRING) {
      return 1;
    }
    int in = Bson.find(message, Bson.value(message, id), Names.IN);
    return in == 0 ? 0 : Bson.count(message, Bson.value(message, in));
  }

  /** Claims and settlements are told apart by the state they set. */
  private void changed(byte[] message, int update, int id, int rows) {
    int u = Bson.find(message, update, Names.U);
    int set = u == 0 ? 0 : Bson.find(message, Bson.value(message, u), Names.SET);
    int state = set == 0 ? 0 : Bson.find(message, Bson.value(message, set), Names.STATE);
    if (state == 0) {
      return;
    }
    int text = Bson.value(message, state) + 4;
    if (Bson.isText(message, text, Names.SENDING)) {
      counts.claimed.add(rows);
      int in = Bson.find(message, Bson.value(message, id), Names.IN);
      int one = Bson.first(message, Bson.value(message, in));
      planted.claim(Planted.batch(message, Bson.value(message, one)));
    } else if (Bson.isText(message, text, Names.SENT)) {
      counts.settled.add(rows);
    }
  }

  private void written(int n, boolean modified) {
    int reply = out.open();
    out.int32(N, n);
    if (modified) {
      out.int32(MODIFIED, n);
    }
    out.ok();
    out.close(reply);
  }

  private boolean find(byte[] message, int body, Hot collection) {
    int filter = Bson.find(message, body, Names.FILTER);
    int id = filter == 0 ? 0 : Bson.idOf(message, Bson.value(message, filter));
    if (id == 0 || message[id] != Bson.DOCUMENT) {
      return false;
    }
    int in = Bson.find(message, Bson.value(message, id), Names.IN);
    if (in == 0) {
      return false;
    }
    int ids = Bson.value(message, in);
    Cursors.Shape shape = shape(message, body, collection);
    boolean openOnly = Bson.find(message, Bson.value(message, filter), Names.STATE) != 0;
    if (shape == Cursors.Shape.STANDING && openOnly && isClaimed(message, ids)) {
      shape = Cursors.Shape.NOTHING; // all of them are final
    }
    int batchSize = Bson.find(message, body, Names.BATCH_SIZE);
    int most = batchSize == 0 ? Cursors.FIRST : Bson.int32(message, Bson.value(message, batchSize));
    cursors.open(
        shape,
        Arrays.copyOfRange(message, ids, ids + Bson.int32(message, ids)),
        most,
        collection.collection);
    return true;
  }

  /** Counts rows by state: those asked for, all in the same. */
  private boolean states(byte[] message, int body) {
    int pipeline = Bson.find(message, body, Names.PIPELINE);
    int stage = pipeline == 0 ? 0 : Bson.first(message, Bson.value(message, pipeline));
    int match = stage == 0 ? 0 : Bson.find(message, Bson.value(message, stage), Names.MATCH);
    int id = match == 0 ? 0 : Bson.idOf(message, Bson.value(message, match));
    int in =
        id == 0 || message[id] != Bson.DOCUMENT
            ? 0
            : Bson.find(message, Bson.value(message, id), Names.IN);
    if (in == 0) {
      return false;
    }
    cursors.states(message, Bson.value(message, in));
    return true;
  }

  private boolean isClaimed(byte[] message, int ids) {
    int one = Bson.first(message, ids);
    return one != 0 && planted.isClaimed(Planted.batch(message, Bson.value(message, one)));
  }

  private static Cursors.Shape shape(byte[] message, int body, Hot collection) {
    if (collection == Hot.SUPPRESSIONS) {
      return Cursors.Shape.NOTHING;
    }
    if (collection == Hot.CONTACTS) {
      return Cursors.Shape.CONTACT;
    }
    int projection = Bson.find(message, body, Names.PROJECTION);
    if (projection == 0) {
      return Cursors.Shape.INVITATION;
    }
    return Bson.find(message, Bson.value(message, projection), Names.ATTEMPTS) == 0
        ? Cursors.Shape.STANDING
        : Cursors.Shape.CLAIMED;
  }
}
