package dev.beckon.filedrop;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one file as a stream of bounded memory. Not thread-safe. An {@link IOException} means
 * that the stream broke and says nothing of the file.
 */
public interface RowReader extends AutoCloseable {

  /** The longest cell of a sound row, in characters (UTF-16 units). */
  int MAX_CELL = 64 * 1024;

  /** The longest record that is read at all, in characters (UTF-16 units). */
  int MAX_RECORD = 1024 * 1024;

  /** The most columns a file may have. */
  int MAX_COLUMNS = 1_000;

  /** The column names, trimmed, none blank, no two alike when case is ignored. */
  List<String> header();

  /**
   * The next row that is not an empty line; null at the end.
   *
   * @throws FileProblem when the rest of the file cannot be read; a further call throws it again
   */
  @Nullable RawRow next() throws FileProblem, IOException;

  @Override
  void close() throws IOException;
}
