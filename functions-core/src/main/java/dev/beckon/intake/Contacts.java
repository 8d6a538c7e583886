package dev.beckon.intake;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who asks a recipient at present: one document a contact. Thread-safe.
 *
 * <p>A contact is free when it does not exist or its time has passed; otherwise it belongs to the
 * invitation in {@code by}.
 */
public interface Contacts {

  /** A contact and its owner. */
  record Contact(String id, String by, Instant until) {}

  /**
   * Takes contacts that are free or already the taker's own, in one unordered bulk upsert with the
   * filter {@code {_id, $or: [{until ≤ now}, {by}]}}. A taker's own never becomes free earlier than
   * it was: a take that is repeated late must not bring a value back that others have read.
   *
   * @return the ids of contacts that were not taken
   */
  Set<String> take(List<Contact> wanted, Instant now);

  /** The stored ones among these. */
  Map<String, Contact> read(Collection<String> ids);

  /**
   * Takes a contact over, only if it still is as it was read.
   *
   * @return whether it was taken
   */
  boolean takeOver(Contact asRead, String by, Instant until);
}
