package dev.beckon.filedrop;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Rows of CSV and TSV files: UTF-8 or UTF-16, with or without byte order mark; comma, semicolon,
 * TAB or bar between the cells, or what an Excel {@code sep=} line names; any line end; quoted
 * cells with line breaks. Empty cells beyond the header's last column are dropped, because
 * spreadsheet programs write them. Empty lines are passed over; a row of empty cells is a row.
 *
 * <p>Holds a few MiB at most, whatever the file. Not thread-safe.
 */
public final class DelimitedRows implements RowReader {
  /** Rows read ahead to tell a file in another encoding from one with a few broken rows. */
  private static final int AHEAD_ROWS = 200;

  private static final int AHEAD_CHARACTERS = 256 * 1024;

  private static final List<String> ENDINGS = List.of(".csv", ".tsv", ".tab", ".txt");

  /** So many rows with bytes that are not text, and a fifth of those read: the file's encoding. */
  private static final int BROKEN_ROWS = 5;

  private final Reader reader;
  private final RecordScanner scanner;
  private final List<String> header;
  private final Deque<RawRow> ahead = new ArrayDeque<>();
  private @Nullable FileProblem problem;

  /**
   * Reads the header and a few rows.
   *
   * @param in the file; closed by {@link #close()}, and here when the file is refused
   * @param fileName for its ending only
   * @throws FileProblem when the file as a whole cannot be read
   */
  public static DelimitedRows open(InputStream in, String fileName)
      throws FileProblem, IOException {
    try {
      refuseOtherEndings(fileName);
      byte[] start = in.readNBytes(TextEncoding.SAMPLE);
      TextEncoding encoding = TextEncoding.of(start);
      // not SequenceInputStream, which closes at the end: the caller may read on, for a checksum
      PushbackInputStream whole = new PushbackInputStream(in, TextEncoding.SAMPLE);
      whole.unread(start, encoding.mark(), start.length - encoding.mark());
      return new DelimitedRows(new InputStreamReader(whole, encoding.charset()), fileName);
    } catch (FileProblem | IOException | RuntimeException e) {
      closeAfter(in, e);
      throw e;
    }
  }

  private DelimitedRows(Reader reader, String fileName) throws FileProblem, IOException {
    this.reader = reader;
    this.scanner = new RecordScanner(reader);
    Delimiter delimiter = Delimiter.of(scanner.peek(), fileName);
    scanner.delimiter(delimiter.separator());
    if (delimiter.skipped() > 0) {
      scanner.skip(delimiter.skipped(), 1);
    }
    this.header = readHeader();
    readAhead();
  }

  /** See {@link Headers#looksLikeData}. */
  public static boolean looksLikeData(List<String> header) {
    return Headers.looksLikeData(header);
  }

  @Override
  public List<String> header() {
    return header;
  }

  @Override
  public @Nullable RawRow next() throws FileProblem, IOException {
    RawRow row = ahead.poll();
    if (row != null) {
      return row;
    }
    if (problem != null) {
      throw problem;
    }
    try {
      return scan();
    } catch (FileProblem e) {
      problem = e;
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  /** Whether a file's name has an ending of a kind that is read here. */
  static boolean reads(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(name::endsWith);
  }

  private static void refuseOtherEndings(String name) throws FileProblem {
    if (!reads(name)) {
      throw new FileProblem(
          "files of this kind are not read: save the table as .csv or .tsv and drop that");
    }
  }

  private List<String> readHeader() throws FileProblem, IOException {
    do {
      if (!scanner.advance()) {
        throw new FileProblem(
            (scanner.number() == 0 ? "the file is empty" : "the file holds only empty lines")
                + ": it needs a row with the names of the columns, then a row for each recipient");
      }
    } while (scanner.blank());
    RowDamage damage = scanner.damage();
    if (damage != null) {
      throw new FileProblem(
          "row "
              + scanner.number()
              + ", the header, "
              + damage.message(String.valueOf(scanner.damaged() + 1)));
    }
    return Headers.checked(scanner.cells(), scanner.number());
  }

  private void readAhead() throws FileProblem, IOException {
    int broken = 0;
    int characters = 0;
    try {
      while (ahead.size() < AHEAD_ROWS && characters < AHEAD_CHARACTERS) {
        RawRow row = scan();
        if (row == null) {
          break;
        }
        ahead.add(row);
        characters += scanner.length();
        if (scanner.damage() == RowDamage.ENCODING) {
          broken++;
        }
      }
    } catch (FileProblem e) {
      problem = e; // told in its turn, after the rows before it
    }
    if (broken >= BROKEN_ROWS && broken * 5 > ahead.size()) {
      throw new FileProblem(
          "the file is not encoded in UTF-8 or UTF-16: "
              + broken
              + " of the first "
              + ahead.size()
              + " rows hold other bytes; save it as \"CSV UTF-8\" and drop that");
    }
  }

  private @Nullable RawRow scan() throws FileProblem, IOException {
    do {
      if (!scanner.advance()) {
        return null;
      }
    } while (scanner.emptyLine());
    List<String> cells = scanner.cells();
    RowDamage damage = scanner.damage();
    if (damage != null) {
      return new RawRow(scanner.number(), List.of(), damage.message(name(scanner.damaged())));
    }
    while (cells.size() > header.size() && cells.getLast().isBlank()) {
      cells.removeLast();
    }
    int columns = scanner.count() > MAX_COLUMNS ? scanner.count() : cells.size();
    return columns == header.size()
        ? new RawRow(scanner.number(), cells, null)
        : new RawRow(scanner.number(), List.of(), ragged(columns));
  }

  /** The name of a column, or its number from 1 where the header has no name for it. */
  private String name(int column) {
    return column < header.size() ? header.get(column) : String.valueOf(column + 1);
  }

  private String ragged(int columns) {
    return "has "
        + columns
        + (columns == 1 ? " column" : " columns")
        + ", the header has "
        + header.size()
        + ": put cells that contain the delimiter in quotation marks, and give empty cells their"
        + " delimiter";
  }

  private static void closeAfter(InputStream in, Exception cause) {
    try {
      in.close();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
