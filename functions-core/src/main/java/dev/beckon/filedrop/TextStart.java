package dev.beckon.filedrop;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Finds out from its first bytes how a delimited file is encoded and which delimiter it uses. */
final class TextStart {
  private static final int PEEK = 64 * 1024;
  private static final char[] DELIMITERS = {',', ';', '\t', '|'};

  private final InputStream stream;
  private final Charset charset;
  private final char delimiter;

  private TextStart(InputStream stream, Charset charset, char delimiter) {
    this.stream = stream;
    this.charset = charset;
    this.delimiter = delimiter;
  }

  /** The stream, after a byte order mark and a {@code sep=} line. */
  InputStream stream() {
    return stream;
  }

  Charset charset() {
    return charset;
  }

  char delimiter() {
    return delimiter;
  }

  static TextStart of(InputStream bytes) throws FileProblem, IOException {
    BufferedInputStream stream = new BufferedInputStream(bytes, PEEK);
    stream.mark(PEEK);
    byte[] start = stream.readNBytes(PEEK);
    stream.reset();
    if (start.length == 0) {
      throw new FileProblem("the file is empty: it needs a header line and at least one row");
    }
    refuseOtherFormats(start);
    int mark = markLength(start);
    Charset charset = charset(start);
    stream.skipNBytes(mark);
    String text = new String(start, mark, start.length - mark, charset);
    String first = text.lines().findFirst().orElse("");
    if (first.length() == 5 && first.regionMatches(true, 0, "sep=", 0, 4)) {
      int line = text.startsWith("\r\n", 5) ? 7 : 6; // Excel writes it before the header
      stream.skipNBytes(text.substring(0, Math.min(line, text.length())).getBytes(charset).length);
      return new TextStart(stream, charset, first.charAt(4));
    }
    return new TextStart(stream, charset, delimiterOf(first));
  }

  private static void refuseOtherFormats(byte[] start) throws FileProblem {
    String kind = null;
    if (begins(start, 'P', 'K', 3, 4)) {
      kind = "a ZIP archive or an Excel workbook (.xlsx)";
    } else if (begins(start, 0x1f, 0x8b)) {
      kind = "a gzip archive";
    } else if (begins(start, 0xd0, 0xcf, 0x11, 0xe0)) {
      kind = "an old Excel workbook (.xls)";
    } else if (begins(start, '%', 'P', 'D', 'F')) {
      kind = "a PDF document";
    }
    if (kind != null) {
      throw new FileProblem(
          "this is " + kind + ", not a text file: save it as \"CSV UTF-8\" and drop that");
    }
  }

  private static boolean begins(byte[] start, int... magic) {
    if (start.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((start[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  private static int markLength(byte[] start) {
    if (begins(start, 0xef, 0xbb, 0xbf)) {
      return 3;
    }
    return begins(start, 0xff, 0xfe) || begins(start, 0xfe, 0xff) ? 2 : 0;
  }

  /** Without a mark, every second byte being zero gives UTF-16 away. */
  private static Charset charset(byte[] start) {
    if (begins(start, 0xff, 0xfe)) {
      return StandardCharsets.UTF_16LE;
    }
    if (begins(start, 0xfe, 0xff)) {
      return StandardCharsets.UTF_16BE;
    }
    int even = 0;
    int odd = 0;
    int looked = Math.min(start.length, 200) & ~1;
    for (int i = 0; i < looked; i++) {
      if (start[i] == 0) {
        if ((i & 1) == 0) {
          even++;
        } else {
          odd++;
        }
      }
    }
    if (odd > looked / 5 && even == 0) {
      return StandardCharsets.UTF_16LE;
    }
    return even > looked / 5 && odd == 0 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
  }

  /** The delimiter that stands most often outside quotes in the header line. */
  private static char delimiterOf(String line) {
    char best = ',';
    int most = 0;
    for (char candidate : DELIMITERS) {
      int count = 0;
      boolean quoted = false;
      for (int i = 0; i < line.length(); i++) {
        char c = line.charAt(i);
        if (c == '"') {
          quoted = !quoted;
        } else if (c == candidate && !quoted) {
          count++;
        }
      }
      if (count > most) {
        most = count;
        best = candidate;
      }
    }
    return best;
  }
}
