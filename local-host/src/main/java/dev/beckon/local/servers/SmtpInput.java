package dev.beckon.local.servers;

import java.io.ByteArrayOutputStream;
import java.io.Flushable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The bytes of a conversation: command lines, and mails scanned without keeping their lines. */
final class SmtpInput {

  /** Bytes of a command line; RFC 5321 asks for 512 and extensions add to it. */
  private static final int LONGEST_LINE = 4_096;

  private static final byte[] END = {'\r', '\n', '.', '\r', '\n'};
  private static final byte[] NAME = "message-id:".getBytes(StandardCharsets.US_ASCII);

  private final InputStream in;
  private final Flushable answers;
  private final byte[] buffer = new byte[64 << 10];
  private int at;
  private int end;

  /**
   * Reads one connection.
   *
   * @param answers flushed before each wait for the client, which may be waiting for them
   */
  SmtpInput(InputStream in, Flushable answers) {
    this.in = in;
    this.answers = answers;
  }

  /**
   * One mail.
   *
   * @param messageId without brackets; empty when the header has none
   * @param kept as it came, dots unstuffed; null when it was not to be kept
   */
  @SuppressWarnings("ArrayRecordComponent") // lives for one statement
  record Mail(String messageId, byte @Nullable [] kept, boolean tooLarge) {}

  private int read() throws IOException {
    if (at == end) {
      answers.flush();
      end = in.read(buffer);
      at = 0;
      if (end <= 0) {
        end = 0;
        return -1;
      }
    }
    return buffer[at++] & 0xff;
  }

  /** A line without its end; null at the end of the stream or when it is too long. */
  @Nullable String line() throws IOException {
    byte[] line = new byte[128];
    int length = 0;
    while (true) {
      int b = read();
      if (b < 0 || length == LONGEST_LINE) {
        return null;
      }
      if (b == '\n') {
        int trimmed = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        return new String(line, 0, trimmed, StandardCharsets.UTF_8);
      }
      if (length == line.length) {
        line = Arrays.copyOf(line, length * 4);
      }
      line[length++] = (byte) b;
    }
  }

  /** The CRLF after the lone dot was taken for a line of the mail. */
  private static byte[] withoutEnd(ByteArrayOutputStream kept) {
    return Arrays.copyOf(kept.toByteArray(), Math.max(0, kept.size() - 1));
  }

  /** Reads up to the lone dot; null when the stream ends before it. */
  @Nullable Mail mail(boolean keep, int largest) throws IOException {
    ByteArrayOutputStream kept = keep ? new ByteArrayOutputStream() : null;
    StringBuilder id = new StringBuilder();
    boolean header = true;
    boolean inId = false;
    int column = 0; // of the line, before the byte
    boolean matching = true; // the line is still like NAME
    int seen = 2; // bytes of END that the last bytes are; a dot may come at once
    int size = 0;
    while (true) {
      int b = read();
      if (b < 0) {
        return null;
      }
      size = Math.min(size + 1, largest + 1);
      if (b == END[seen]) {
        seen++;
        if (seen == END.length) {
          return new Mail(id.toString(), kept == null ? null : withoutEnd(kept), size > largest);
        }
      } else {
        seen = b == '\r' ? 1 : 0;
      }
      if (kept != null && size <= largest && !(b == '.' && column == 0)) {
        kept.write(b);
      }
      if (header) {
        if (b == '\n') {
          header = column > 1; // an empty line has only its CR
          column = 0;
          matching = true;
          continue;
        }
        if (column == 0) {
          inId = inId && (b == ' ' || b == '\t'); // a folded line goes on
        }
        if (inId) {
          if (b > ' ' && b != '<' && b != '>' && id.length() < Ledger.LONGEST) {
            id.append((char) b);
          }
        } else if (matching && id.isEmpty()) {
          matching = column < NAME.length && (b | 0x20) == (NAME[column] | 0x20);
          inId = matching && column == NAME.length - 1;
        }
        column++;
      } else {
        column = b == '\n' ? 0 : column + 1;
      }
    }
  }
}
