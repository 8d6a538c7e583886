package dev.beckon.memory;

import dev.beckon.access.ApiKey;
import dev.beckon.access.ApiKeyStore;
import dev.beckon.access.KeyKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keys in memory, for tests and samples. Thread-safe. */
public final class MemoryApiKeys implements ApiKeyStore {
  private final TreeMap<String, ApiKey> keys = new TreeMap<>();

  @Override
  public synchronized void add(ApiKey key) {
    if (keys.putIfAbsent(key.id(), key) != null) {
      throw new IllegalStateException("there is a key of that id");
    }
  }

  @Override
  public synchronized Optional<ApiKey> find(String id) {
    return Optional.ofNullable(keys.get(id));
  }

  @Override
  public synchronized List<ApiKey> list(
      String account, Set<KeyKind> kinds, String after, int limit) {
    return keys.tailMap(after, false).values().stream()
        .filter(key -> key.account().equals(account) && kinds.contains(key.grant().kind()))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized boolean revoke(String id, Instant at) {
    ApiKey key = keys.get(id);
    if (key == null || key.revokedAt() != null) {
      return false;
    }
    keys.put(id, with(key, at.truncatedTo(ChronoUnit.MILLIS), key.lastUsedAt()));
    return true;
  }

  @Override
  public synchronized void used(String id, Instant at) {
    ApiKey key = keys.get(id);
    Instant use = at.truncatedTo(ChronoUnit.MILLIS);
    if (key != null && (key.lastUsedAt() == null || key.lastUsedAt().isBefore(use))) {
      keys.put(id, with(key, key.revokedAt(), use));
    }
  }

  private static ApiKey with(
      ApiKey key, @Nullable Instant revokedAt, @Nullable Instant lastUsedAt) {
    return new ApiKey(
        key.id(),
        key.account(),
        key.grant(),
        key.digest(),
        key.createdAt(),
        key.createdBy(),
        revokedAt,
        lastUsedAt);
  }
}
