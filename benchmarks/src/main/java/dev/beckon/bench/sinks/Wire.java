package dev.beckon.bench.sinks;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Messages of the MongoDB wire protocol.
 *
 * @see <a href="https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/">Wire protocol
 *     </a>
 */
final class Wire {
  static final int OP_MSG = 2013;

  /** Header, flags and the kind of the one section of a reply. */
  static final int REPLY_BODY = 21;

  private static final int LARGEST = 48 << 20;
  private static final int SEQUENCE = 1;

  private Wire() {}

  /** A message that is being read, in a buffer used again for the next. */
  static final class Incoming {
    private final InputStream in;
    private byte[] bytes = new byte[1 << 16];

    Incoming(InputStream in) {
      this.in = in;
    }

    byte[] bytes() {
      return bytes;
    }

    /** Reads the next message and returns its length; -1 when the peer closed instead. */
    int next() throws IOException {
      int had = in.readNBytes(bytes, 0, 4);
      if (had == 0) {
        return -1;
      }
      int length = had < 4 ? 0 : Bson.int32(bytes, 0);
      if (length < 16 || length > LARGEST) {
        throw new EOFException("not a message: " + length + " bytes");
      }
      if (length > bytes.length) {
        bytes = Arrays.copyOf(bytes, Integer.highestOneBit(length) * 2);
      }
      if (in.readNBytes(bytes, 4, length - 4) < length - 4) {
        throw new EOFException("a message was cut off");
      }
      return length;
    }
  }

  /** Where the section of documents lies that follows the body; 0 when there is none. */
  static int documents(byte[] message, int length, int body) {
    int at = body + Bson.int32(message, body);
    return at < length && message[at] == SEQUENCE ? at : 0;
  }

  static int firstOf(byte[] message, int section) {
    int at = section + 5;
    while (message[at] != 0) {
      at++;
    }
    return at + 1;
  }

  static int endOf(byte[] message, int section) {
    return section + 1 + Bson.int32(message, section + 1);
  }
}
