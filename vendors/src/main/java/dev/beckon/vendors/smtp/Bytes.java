package dev.beckon.vendors.smtp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing byte buffer. Used by one thread at a time. */
final class Bytes {
  private byte[] array;
  private int length;

  Bytes(int expected) {
    array = new byte[Math.max(256, expected)];
  }

  Bytes add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  Bytes add(byte[] bytes) {
    room(bytes.length);
    System.arraycopy(bytes, 0, array, length, bytes.length);
    length += bytes.length;
    return this;
  }

  Bytes add(int value) {
    room(1);
    array[length++] = (byte) value;
    return this;
  }

  Bytes line() {
    return add('\r').add('\n');
  }

  byte[] toArray() {
    return Arrays.copyOf(array, length);
  }

  private void room(int more) {
    if (length + more > array.length) {
      array = Arrays.copyOf(array, Math.max(length + more, array.length * 2));
    }
  }
}
