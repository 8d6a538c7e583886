package dev.beckon.filedrop;

import java.io.IOException;
import java.io.Reader;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts delimited text (<a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>) into records
 * and notes the damage in each. After {@link #advance()} the accessors describe one record.
 *
 * <p>Why not a library: FastCSV, the best of those looked at, ends at the first misplaced quotation
 * mark and passes one that is never closed as a huge cell. We refuse the one row and go on, or name
 * the row where the open quotation began. It writes the tables that the tests read back.
 *
 * <p>Memory: one buffer, one cell and one record of at most {@link RowReader#MAX_RECORD}
 * characters. Not thread-safe.
 */
final class RecordScanner {
  static final int PEEK = 64 * 1024;
  private static final int END = -1;
  private static final char QUOTE = '"';

  private final Reader in;
  private char delimiter = ',';
  private final char[] buffer = new char[PEEK];
  private int pos;
  private int limit;

  private char[] cell = new char[256];
  private int cellLength;
  private List<String> cells = List.of();
  private int count;
  private int recordLength;
  private @Nullable RowDamage damage;

  private int damaged;

  private long number;
  private long line;
  private long nextLine = 1;

  RecordScanner(Reader in) {
    this.in = in;
  }

  /** The beginning of the text, as far as the buffer holds it; to be called before any record. */
  CharSequence peek() throws IOException {
    while (limit < buffer.length) {
      int read = in.read(buffer, limit, buffer.length - limit);
      if (read < 0) {
        break;
      }
      limit += read;
    }
    return CharBuffer.wrap(buffer, pos, limit - pos);
  }

  /** Passes over characters seen by {@link #peek()}: whole lines that are not part of the table. */
  void skip(int characters, int lines) {
    pos += characters;
    nextLine += lines;
  }

  void delimiter(char separator) {
    delimiter = separator;
  }

  /** Reads one record, blank ones too; false at the end. */
  boolean advance() throws FileProblem, IOException {
    if (!available()) {
      return false;
    }
    cells = new ArrayList<>(Math.max(8, count));
    count = 0;
    recordLength = 0;
    damage = null;
    number++;
    line = nextLine;
    int end;
    do {
      cellLength = 0;
      if (available() && buffer[pos] == QUOTE) {
        pos++;
        end = quotedCell();
      } else {
        end = plainCell();
      }
      addCell();
    } while (end == delimiter);
    if (end == '\r' && available() && buffer[pos] == '\n') {
      pos++;
    }
    nextLine++;
    return true;
  }

  /** The number of the record, from 1, blank ones counted. */
  long number() {
    return number;
  }

  /** The line on which the record begins, from 1. */
  long line() {
    return line;
  }

  /** The cells kept: all, up to one more than {@link RowReader#MAX_COLUMNS}. */
  List<String> cells() {
    return cells;
  }

  /** How many cells the record has, kept or not. */
  int count() {
    return count;
  }

  /** What is wrong with the record by itself; null when nothing is. */
  @Nullable RowDamage damage() {
    return damage;
  }

  /** The column where the damage is, from 0. */
  int damaged() {
    return damaged;
  }

  /** Whether the record is a line without anything, or of blanks only. */
  boolean emptyLine() {
    return count == 1 && blank();
  }

  /** Whether there is nothing in the record but blank cells. */
  boolean blank() {
    if (damage != null || count > RowReader.MAX_COLUMNS + 1) {
      return false;
    }
    for (String kept : cells) {
      if (!kept.isBlank()) {
        return false;
      }
    }
    return true;
  }

  /** Characters of the record, a delimiter counted for each cell. */
  int length() {
    return recordLength;
  }

  private int plainCell() throws FileProblem, IOException {
    do {
      int from = pos;
      while (pos < limit) {
        char c = buffer[pos];
        if (c == delimiter || c == '\n' || c == '\r') {
          take(from);
          pos++;
          return c;
        }
        if (c == '\0' || c == '\uFFFD') {
          unreadable(c);
        }
        pos++;
      }
      take(from);
    } while (available());
    return END;
  }

  /** From behind the opening mark to behind the delimiter or line end that follows the cell. */
  private int quotedCell() throws FileProblem, IOException {
    boolean afterReturn = false;
    while (available()) {
      int from = pos;
      while (pos < limit) {
        char c = buffer[pos];
        if (c == QUOTE) {
          take(from);
          pos++;
          if (!available() || buffer[pos] != QUOTE) {
            return afterQuote();
          }
          from = pos; // the second of two marks is the content
        } else if (c == '\r' || (c == '\n' && !afterReturn)) {
          nextLine++;
        } else if (c == '\0' || c == '\uFFFD') {
          unreadable(c);
        }
        afterReturn = c == '\r';
        pos++;
      }
      take(from);
    }
    throw new FileProblem(
        where()
            + " opens a quotation mark that is not closed before the end of the file: close it, or"
            + " double it (\"\") where it is part of the text, and drop the file again");
  }

  private int afterQuote() throws FileProblem, IOException {
    int blanks = 0;
    while (available()) {
      char c = buffer[pos];
      if (c == delimiter || c == '\n' || c == '\r') {
        pos++;
        return c;
      }
      if (c != ' ') {
        return misplacedQuote();
      }
      // blanks here belong to no cell, but they count, lest a line of them be endless
      if (++blanks > RowReader.MAX_RECORD) {
        throw tooLong();
      }
      pos++;
    }
    return END;
  }

  /** On one line, only this row is in doubt; over several, nobody knows how many rows it took. */
  private int misplacedQuote() throws FileProblem, IOException {
    if (nextLine != line) {
      throw new FileProblem(
          where()
              + " opens a quotation mark that is closed only on line "
              + nextLine
              + ", in the middle of a cell: close it where the cell ends, or double it (\"\") where"
              + " it is part of the text, and drop the file again");
    }
    damage = RowDamage.QUOTES;
    damaged = count;
    int end = plainCell();
    while (end == delimiter) {
      addCell();
      cellLength = 0;
      end = plainCell();
    }
    return end;
  }

  private void unreadable(char c) {
    if (damage == null) {
      damage = c == '\0' ? RowDamage.NUL : RowDamage.ENCODING;
      damaged = count;
    }
  }

  private void take(int from) throws FileProblem {
    int length = pos - from;
    recordLength += length;
    if (recordLength > RowReader.MAX_RECORD) {
      throw tooLong();
    }
    if (cellLength + length > RowReader.MAX_CELL) {
      damage = RowDamage.CELL_TOO_LONG;
      damaged = count;
      return;
    }
    if (cellLength + length > cell.length) {
      cell = Arrays.copyOf(cell, Math.max(cellLength + length, 2 * cell.length));
    }
    System.arraycopy(buffer, from, cell, cellLength, length);
    cellLength += length;
  }

  private void addCell() {
    count++;
    recordLength++; // a record of empty cells has a length too
    if (count <= RowReader.MAX_COLUMNS + 1) {
      cells.add(cellLength == 0 ? "" : new String(cell, 0, cellLength));
    }
  }

  private FileProblem tooLong() {
    return new FileProblem(
        where()
            + " is longer than "
            + RowReader.MAX_RECORD
            + " characters: look there for a quotation mark that is never closed or for missing line"
            + " breaks, and drop the file again");
  }

  private String where() {
    return "row " + number + ", which begins on line " + line + ",";
  }

  private boolean available() throws IOException {
    if (pos < limit) {
      return true;
    }
    int read = in.read(buffer, 0, buffer.length);
    pos = 0;
    limit = Math.max(read, 0);
    return read > 0;
  }
}
