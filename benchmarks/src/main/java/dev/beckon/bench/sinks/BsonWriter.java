package dev.beckon.bench.sinks;

import java.util.Arrays;

/** Writes BSON into a buffer that is used again for every reply. Used by one thread. */
final class BsonWriter {
  private byte[] bytes = new byte[1 << 16];
  private int end;

  byte[] bytes() {
    return bytes;
  }

  int end() {
    return end;
  }

  void reset(int at) {
    end = at;
  }

  /** Begins a document and returns where; its length is filled in by {@link #close}. */
  int open() {
    int at = end;
    room(4);
    end += 4;
    return at;
  }

  int open(int type, byte[] name) {
    element(type, name);
    return open();
  }

  void close(int opened) {
    room(1);
    bytes[end++] = 0;
    Bson.int32(bytes, opened, end - opened);
  }

  private void element(int type, byte[] name) {
    room(name.length + 2);
    bytes[end++] = (byte) type;
    raw(name);
    bytes[end++] = 0;
  }

  /** Begins an element of an array, whose name is its position. */
  void item(int type, int position) {
    room(16);
    bytes[end++] = (byte) type;
    int digits = 1;
    for (int rest = position; rest > 9; rest /= 10) {
      digits++;
    }
    int rest = position;
    for (int i = digits - 1; i >= 0; i--) {
      bytes[end + i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    end += digits;
    bytes[end++] = 0;
  }

  void raw(byte[] some) {
    raw(some, 0, some.length);
  }

  void raw(byte[] some, int from, int length) {
    room(length);
    System.arraycopy(some, from, bytes, end, length);
    end += length;
  }

  /** A string whose text is copied from elsewhere. */
  void string(byte[] name, byte[] from, int at, int length) {
    element(Bson.STRING, name);
    room(length + 5);
    Bson.int32(bytes, end, length + 1);
    end += 4;
    raw(from, at, length);
    bytes[end++] = 0;
  }

  void string(byte[] name, byte[] text) {
    string(name, text, 0, text.length);
  }

  void int32(byte[] name, int value) {
    element(Bson.INT32, name);
    room(4);
    Bson.int32(bytes, end, value);
    end += 4;
  }

  void int64(byte[] name, long value) {
    number(Bson.INT64, name, value);
  }

  void date(byte[] name, long millis) {
    number(Bson.DATE, name, millis);
  }

  void ok() {
    number(Bson.DOUBLE, OK, Double.doubleToLongBits(1));
  }

  private void number(int type, byte[] name, long bits) {
    element(type, name);
    room(8);
    Bson.int64(bytes, end, bits);
    end += 8;
  }

  private void room(int more) {
    if (end + more + 8 > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, end + more + 8));
    }
  }

  private static final byte[] OK = Names.bytes("ok");
}
