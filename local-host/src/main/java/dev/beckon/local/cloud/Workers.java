package dev.beckon.local.cloud;

import java.io.IOException;

/** Whatever does the work of a run. */
public interface Workers extends AutoCloseable {

  /** Starts again what died and does not come back by itself; says whether anything had to be. */
  boolean revive() throws IOException;

  @Override
  void close();
}
