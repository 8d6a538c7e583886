package dev.beckon.local;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Parts of something that runs: kept as they are started, closed the other way round. */
public final class Parts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

  private final Deque<AutoCloseable> running = new ArrayDeque<>();

  /** Keeps a part and returns it. */
  public <T extends AutoCloseable> T keep(T part) {
    running.push(part);
    return part;
  }

  /** Closes every part, also when one of them fails to. */
  @Override
  public void close() {
    while (!running.isEmpty()) {
      AutoCloseable part = running.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.warn("{} did not close: {}", part.getClass().getSimpleName(), e.toString());
      }
    }
  }
}
