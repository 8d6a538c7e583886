package dev.beckon.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where keys are kept. Every change is one write of one document. Thread-safe. */
public interface ApiKeyStore {

  /**
   * Stores a new key.
   *
   * @throws IllegalStateException when there is one of that id; it is left as it is
   */
  void add(ApiKey key);

  Optional<ApiKey> find(String id);

  /**
   * Keys of an account, whatever their state, by their ids.
   *
   * @param after only ids behind this one; empty for the first
   */
  List<ApiKey> list(String account, Set<KeyKind> kinds, String after, int limit);

  /** Ends a key for good; false when there is none of that id or it was revoked already. */
  boolean revoke(String id, Instant at);

  /** Notes that a key was used, unless a later use is noted. */
  void used(String id, Instant at);
}
