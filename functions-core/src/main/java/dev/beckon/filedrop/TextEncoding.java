package dev.beckon.filedrop;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What the first bytes of a file say about the rest.
 *
 * @param charset UTF-8 or UTF-16; a UTF-16 file without byte order mark is known by its zero bytes
 * @param mark bytes of the byte order mark, which belong to no cell
 */
record TextEncoding(Charset charset, int mark) {
  /** Bytes to look at. */
  static final int SAMPLE = 4096;

  private static final String AS_CSV = ": save the list as \"CSV UTF-8\" and drop that";

  /** The encoding. Throws a {@link FileProblem} that names what it is, if it is not plain text. */
  static TextEncoding of(byte[] start) throws FileProblem {
    if (starts(start, 0xFF, 0xFE, 0, 0) || starts(start, 0, 0, 0xFE, 0xFF)) {
      throw new FileProblem("the file is text in UTF-32, which is not read" + AS_CSV);
    }
    if (starts(start, 0xEF, 0xBB, 0xBF)) {
      return new TextEncoding(StandardCharsets.UTF_8, 3);
    }
    if (starts(start, 0xFF, 0xFE)) {
      return new TextEncoding(StandardCharsets.UTF_16LE, 2);
    }
    if (starts(start, 0xFE, 0xFF)) {
      return new TextEncoding(StandardCharsets.UTF_16BE, 2);
    }
    refuseKnownFormats(start);
    return new TextEncoding(withoutMark(start), 0);
  }

  private static void refuseKnownFormats(byte[] start) throws FileProblem {
    if (starts(start, 'P', 'K', 3, 4) || starts(start, 'P', 'K', 5, 6)) {
      String names = new String(start, StandardCharsets.ISO_8859_1);
      if (names.contains("[Content_Types].xml") || names.contains("xl/")) {
        throw new FileProblem("the file is an Excel workbook (.xlsx), not delimited text" + AS_CSV);
      }
      throw new FileProblem(
          "the file is a ZIP archive or an Excel workbook under the name of a text file: unpack"
              + " it, or save the list as \"CSV UTF-8\", and drop that");
    }
    if (starts(start, 0x1F, 0x8B)) {
      throw compressed("a gzip file");
    }
    if (starts(start, 0x28, 0xB5, 0x2F, 0xFD)) {
      throw compressed("a Zstandard file");
    }
    if (starts(start, 'B', 'Z', 'h') && start.length > 9 && start[4] == 0x31) {
      throw compressed("a bzip2 file");
    }
    if (starts(start, '7', 'z', 0xBC, 0xAF) || starts(start, 'R', 'a', 'r', '!', 0x1A)) {
      throw compressed("a 7z or RAR archive");
    }
    if (starts(start, 0xD0, 0xCF, 0x11, 0xE0)) {
      throw new FileProblem(
          "the file is an old Office document (such as .xls), not delimited text" + AS_CSV);
    }
    if (starts(start, '%', 'P', 'D', 'F', '-')) {
      throw new FileProblem("the file is a PDF, not delimited text" + AS_CSV);
    }
    String text =
        new String(start, 0, Math.min(start.length, 64), StandardCharsets.ISO_8859_1)
            .stripLeading()
            .toLowerCase(Locale.ROOT);
    if (text.startsWith("<?xml") || text.startsWith("<!doctype") || text.startsWith("<html")) {
      throw new FileProblem("the file is XML or HTML, not delimited text" + AS_CSV);
    }
  }

  private static FileProblem compressed(String what) {
    return new FileProblem(
        "the file is " + what + " under the name of a text file: unpack it and drop what is in it");
  }

  /** Column names begin with letters below U+0100 nearly always: in UTF-16 a zero in each pair. */
  private static Charset withoutMark(byte[] start) throws FileProblem {
    int even = 0;
    int odd = 0;
    int controls = 0;
    for (int i = 0; i < start.length; i++) {
      int b = start[i];
      even += b == 0 && i % 2 == 0 ? 1 : 0;
      odd += b == 0 && i % 2 == 1 ? 1 : 0;
      controls += b >= 0 && b < ' ' && (b < '\t' || b > '\r') ? 1 : 0;
    }
    int enough = Math.max(2, start.length / 10);
    if (start.length >= 4 && start[1] == 0 && odd >= enough && even * 4 <= odd) {
      return StandardCharsets.UTF_16LE;
    }
    if (start.length >= 4 && start[0] == 0 && even >= enough && odd * 4 <= even) {
      return StandardCharsets.UTF_16BE;
    }
    if (controls >= 16 && controls * 10 > start.length) {
      throw new FileProblem("the file is not text, but binary data" + AS_CSV);
    }
    return StandardCharsets.UTF_8;
  }

  private static boolean starts(byte[] start, int... magic) {
    if (start.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((start[i] & 0xFF) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
