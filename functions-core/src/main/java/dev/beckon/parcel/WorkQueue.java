package dev.beckon.parcel;

import java.util.Collection;
import java.util.Set;

/**
 * A queue of hints. Messages may be lost, repeated, delayed and reordered by the queue: nothing
 * depends on it but speed. Bodies name stored things and hold no personal data. Thread-safe.
 */
public interface WorkQueue {

  /**
   * Sends bodies in as few calls as the queue allows.
   *
   * @param bodies short texts, each under 1 KB
   * @return the bodies the queue did not take; Sweep sends their hints again
   */
  Set<String> send(Collection<String> bodies);
}
