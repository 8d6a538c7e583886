package dev.beckon.bench.sinks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Walks BSON where it lies: nothing is decoded that nobody asks for. A position names the type byte
 * of an element; 0 stands for none, as no element can lie at the start of a message.
 *
 * @see <a href="https://bsonspec.org/spec.html">BSON 1.1</a>
 */
final class Bson {
  static final int DOUBLE = 0x01;
  static final int STRING = 0x02;
  static final int DOCUMENT = 0x03;
  static final int ARRAY = 0x04;
  static final int DATE = 0x09;
  static final int INT32 = 0x10;
  static final int INT64 = 0x12;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Bson() {}

  static int int32(byte[] bytes, int at) {
    return (int) INT.get(bytes, at);
  }

  static void int32(byte[] bytes, int at, int value) {
    INT.set(bytes, at, value);
  }

  static long int64(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  static void int64(byte[] bytes, int at, long value) {
    LONG.set(bytes, at, value);
  }

  /** The first element of the document that begins at {@code document}; 0 when it is empty. */
  static int first(byte[] bytes, int document) {
    return bytes[document + 4] == 0 ? 0 : document + 4;
  }

  /** The element after this one; 0 when it was the last. */
  static int next(byte[] bytes, int element) {
    int value = value(bytes, element);
    int end =
        value
            + switch (bytes[element]) {
              case DOUBLE, DATE, INT64, 0x11 -> 8;
              case STRING, 0x0d, 0x0e -> 4 + int32(bytes, value);
              case DOCUMENT, ARRAY -> int32(bytes, value);
              case 0x05 -> 5 + int32(bytes, value);
              case 0x07 -> 12;
              case 0x08 -> 1;
              case 0x0a, 0x06, 0x7f, -1 -> 0;
              case 0x0b -> regex(bytes, value);
              case INT32 -> 4;
              case 0x13 -> 16;
              default ->
                  throw new IllegalStateException("no BSON element of type " + bytes[element]);
            };
    return bytes[end] == 0 ? 0 : end;
  }

  private static int regex(byte[] bytes, int value) {
    int options = afterName(bytes, value - 1);
    return afterName(bytes, options - 1) - value;
  }

  /** Where an element's value lies. */
  static int value(byte[] bytes, int element) {
    return afterName(bytes, element);
  }

  private static int afterName(byte[] bytes, int element) {
    int at = element + 1;
    while (bytes[at] != 0) {
      at++;
    }
    return at + 1;
  }

  /** The element of this name in a document; 0 when it has none. */
  static int find(byte[] bytes, int document, byte[] name) {
    for (int at = first(bytes, document); at != 0; at = next(bytes, at)) {
      if (isNamed(bytes, at, name)) {
        return at;
      }
    }
    return 0;
  }

  static boolean isNamed(byte[] bytes, int element, byte[] name) {
    return isText(bytes, element + 1, name) && bytes[element + 1 + name.length] == 0;
  }

  static boolean isText(byte[] bytes, int at, byte[] text) {
    if (at + text.length > bytes.length) {
      return false;
    }
    for (int i = 0; i < text.length; i++) {
      if (bytes[at + i] != text[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * The condition on {@code _id}: a filter of several conditions is written as {@code $and}, whose
   * first names the id in every write of ours.
   */
  static int idOf(byte[] bytes, int filter) {
    int id = find(bytes, filter, Names.ID);
    if (id != 0) {
      return id;
    }
    int and = find(bytes, filter, Names.AND);
    if (and == 0) {
      return 0;
    }
    for (int at = first(bytes, value(bytes, and)); at != 0; at = next(bytes, at)) {
      int inner = find(bytes, value(bytes, at), Names.ID);
      if (inner != 0) {
        return inner;
      }
    }
    return 0;
  }

  /** Length of a string value without its end. */
  static int length(byte[] bytes, int value) {
    return int32(bytes, value) - 1;
  }

  static String text(byte[] bytes, int value) {
    return new String(bytes, value + 4, length(bytes, value), StandardCharsets.UTF_8);
  }

  /** Elements of a document or an array. */
  static int count(byte[] bytes, int document) {
    int count = 0;
    for (int at = first(bytes, document); at != 0; at = next(bytes, at)) {
      count++;
    }
    return count;
  }
}
