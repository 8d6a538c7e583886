package dev.beckon.vendors.smtp;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A text part with its transfer encoding (RFC 2045 §6): as it is when ASCII in short lines, base64
 * when mostly beyond ASCII, quoted-printable otherwise. Always seven bits, so that no relay has to
 * re-encode what was signed. Dots at the start of lines are doubled for SMTP.
 */
final class BodyText {
  private static final int LONGEST_LINE = 990;
  private static final int QUOTED_LINE = 73;
  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CRLF = {'\r', '\n'};

  private BodyText() {}

  /** Writes the part's headers and content, ending in a line break. */
  static void write(Bytes out, String subtype, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int beyond = 0;
    int line = 0;
    int longest = 0;
    for (byte value : bytes) {
      if (value == '\n') {
        line = 0;
      } else {
        longest = Math.max(longest, ++line);
      }
      if ((value < ' ' && value != '\n' && value != '\r' && value != '\t') || value == 127) {
        beyond++;
      }
    }
    boolean plain = beyond == 0 && longest <= LONGEST_LINE;
    // quoted-printable takes three bytes for one, base64 four for three
    boolean base64 = !plain && beyond * 6L > bytes.length;
    out.add("Content-Type: text/" + subtype + "; charset=UTF-8\r\nContent-Transfer-Encoding: ")
        .add(plain ? "7bit" : base64 ? "base64" : "quoted-printable")
        .add("\r\n\r\n");
    if (plain) {
      plain(out, bytes);
    } else if (base64) {
      String lines = text.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n");
      out.add(Base64.getMimeEncoder(76, CRLF).encode(lines.getBytes(StandardCharsets.UTF_8)))
          .line();
    } else {
      quoted(out, bytes);
    }
  }

  private static void plain(Bytes out, byte[] bytes) {
    boolean start = true;
    for (int i = 0; i < bytes.length; i++) {
      byte value = bytes[i];
      if (isBreak(bytes, i)) {
        out.line();
        start = true;
      } else if (value != '\n') {
        if (start && value == '.') {
          out.add('.');
        }
        out.add(value);
        start = false;
      }
    }
    out.line();
  }

  private static void quoted(Bytes out, byte[] bytes) {
    int column = 0;
    for (int i = 0; i < bytes.length; i++) {
      byte value = bytes[i];
      if (isBreak(bytes, i)) {
        out.line();
        column = 0;
        continue;
      }
      if (value == '\n') {
        continue;
      }
      boolean last = i + 1 == bytes.length || isBreak(bytes, i + 1) || column >= QUOTED_LINE - 1;
      boolean blank = value == ' ' || value == '\t';
      boolean literal =
          (value > ' ' && value < 127 && value != '=' && !(value == '.' && column == 0))
              || (blank && !last);
      if (column + (literal ? 1 : 3) > QUOTED_LINE + 2) {
        out.add('=').line();
        column = 0;
        literal = literal && value != '.';
      }
      if (literal) {
        out.add(value);
        column++;
      } else {
        out.add('=').add(HEX[(value >> 4) & 15]).add(HEX[value & 15]);
        column += 3;
      }
    }
    out.line();
  }

  /** A line feed, or a carriage return: one break together with a line feed behind it. */
  private static boolean isBreak(byte[] bytes, int at) {
    return bytes[at] == '\r' || (bytes[at] == '\n' && (at == 0 || bytes[at - 1] != '\r'));
  }
}
