package dev.beckon.filedrop;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * CSV and TSV (<a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>, quoted newlines
 * included); encoding and delimiter are found out. Memory is bounded by the largest cell allowed.
 */
public final class DelimitedRows implements RowReader {
  /** Largest cell in characters; beyond it a quote was never closed, or it is no table. */
  private static final int LARGEST_CELL = 64 * 1024;

  private static final char BROKEN = '\uFFFD';
  private static final Pattern DATA =
      Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+|\\+?[0-9][0-9 ./()-]{4,}|[0-9]+([.,][0-9]+)?");
  private static final int ENCODING_SAMPLE = 50;

  private final CsvReader<CsvRecord> reader;
  private final Iterator<CsvRecord> records;
  private final List<String> header;
  private long number = 1;
  private int seen;
  private int broken;

  private DelimitedRows(CsvReader<CsvRecord> reader) throws FileProblem {
    this.reader = reader;
    this.records = reader.iterator();
    CsvRecord first = record();
    while (first != null && isEmpty(first)) {
      number++;
      first = record();
    }
    if (first == null) {
      throw new FileProblem(
          "the file holds only empty lines: it needs a header line and at least one row");
    }
    this.header = first.getFields().stream().map(String::strip).toList();
    checkHeader();
  }

  /**
   * Begins to read a file.
   *
   * @param bytes closed with the reader
   * @param name the file's name, for messages
   * @throws FileProblem when it is no delimited text with a header
   */
  public static DelimitedRows open(InputStream bytes, String name) throws FileProblem, IOException {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!lower.endsWith(".csv") && !lower.endsWith(".tsv") && !lower.endsWith(".txt")) {
      throw new FileProblem(
          "files of this kind are not read: save the table as .csv or .tsv and drop that");
    }
    TextStart start = TextStart.of(bytes);
    InputStreamReader text =
        new InputStreamReader(
            start.stream(),
            start
                .charset()
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE));
    return new DelimitedRows(
        CsvReader.builder()
            .fieldSeparator(start.delimiter())
            .skipEmptyLines(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .maxBufferSize(2 * LARGEST_CELL)
            .ofCsvRecord(text));
  }

  @Override
  public List<String> header() {
    return header;
  }

  @Override
  public @Nullable RawRow next() throws FileProblem {
    CsvRecord record = record();
    number++;
    while (record != null && isEmpty(record)) {
      record = record();
      number++;
    }
    if (record == null) {
      return null;
    }
    List<String> cells = record.getFields();
    String problem = problem(cells);
    seen++;
    return new RawRow(number, problem == null ? cells : List.of(), problem);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private @Nullable CsvRecord record() throws FileProblem {
    try {
      return records.hasNext() ? records.next() : null;
    } catch (NoSuchElementException e) {
      return null;
    } catch (CsvParseException e) {
      throw new FileProblem(
          "the row after row "
              + number
              + " cannot be read: a quote is never closed, text follows a closing quote, or a cell is longer than "
              + LARGEST_CELL
              + " characters. Correct that row and drop the file again");
    } catch (UncheckedIOException e) {
      throw new UncheckedIOException(
          "the file could not be read on after row " + number, e.getCause());
    }
  }

  private @Nullable String problem(List<String> cells) throws FileProblem {
    if (cells.size() != header.size()) {
      return "has "
          + cells.size()
          + " columns, the header has "
          + header.size()
          + ": look for a missing or an unquoted delimiter";
    }
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      if (cell.indexOf('\0') >= 0) {
        return "column " + header.get(i) + " holds a NUL byte: remove it";
      }
      if (cell.indexOf(BROKEN) >= 0) {
        broken++;
        if (seen <= ENCODING_SAMPLE && broken > 10 && broken * 5 > seen) {
          throw new FileProblem(
              "the file is not encoded in UTF-8 or UTF-16 (seen in row "
                  + number
                  + " and before): save it as \"CSV UTF-8\" and drop that");
        }
        return "column " + header.get(i) + " is not valid UTF-8: save the file as \"CSV UTF-8\"";
      }
      if (cell.length() > LARGEST_CELL) {
        return "column "
            + header.get(i)
            + " has "
            + cell.length()
            + " characters; the most is "
            + LARGEST_CELL;
      }
    }
    return null;
  }

  private void checkHeader() throws FileProblem {
    if (header.stream().anyMatch(name -> name.indexOf('\0') >= 0 || name.indexOf(BROKEN) >= 0)) {
      throw new FileProblem(
          "the header holds bytes that are no text: save the file as \"CSV UTF-8\" and drop that");
    }
    if (looksLikeData(header)) {
      throw new FileProblem(
          "the first row looks like data, not like a header: add a first line with the names of the columns");
    }
    Set<String> names = new HashSet<>();
    Set<String> repeated = new TreeSet<>();
    for (int i = 0; i < header.size(); i++) {
      if (header.get(i).isEmpty()) {
        throw new FileProblem(
            "column " + (i + 1) + " has no name in the header: name it or remove it");
      }
      if (!names.add(header.get(i).toLowerCase(Locale.ROOT))) {
        repeated.add(header.get(i));
      }
    }
    if (!repeated.isEmpty()) {
      throw new FileProblem("the header names " + repeated + " twice: rename or remove one");
    }
  }

  /** Whether a first row holds addresses or numbers instead of names. */
  static boolean looksLikeData(List<String> cells) {
    return cells.stream().anyMatch(cell -> DATA.matcher(cell).matches());
  }

  private static boolean isEmpty(CsvRecord record) {
    return record.getFieldCount() == 1 && record.getField(0).isEmpty();
  }
}
