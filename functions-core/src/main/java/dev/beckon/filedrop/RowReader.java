package dev.beckon.filedrop;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of one file as a stream of bounded memory. Not thread-safe. */
public interface RowReader extends AutoCloseable {

  /** The column names, trimmed, none of them repeated. */
  List<String> header();

  /**
   * The next row; null at the end.
   *
   * @throws FileProblem when the rest of the file cannot be read
   */
  @Nullable RawRow next() throws FileProblem, IOException;

  @Override
  void close() throws IOException;
}
