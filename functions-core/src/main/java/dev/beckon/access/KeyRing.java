package dev.beckon.access;

import dev.beckon.privacy.Failures;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that this process met lately, each read anew when it is older than {@link #FRESH}: so
 * long a revoked key goes on at most. Only texts that were made here are asked for, of which there
 * are as many as keys. Thread-safe.
 */
final class KeyRing {
  private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);

  static final Duration FRESH = Duration.ofSeconds(10);
  private static final Duration USES_NOTED = Duration.ofMinutes(1);
  private static final int MOST = 10_000;

  private final ApiKeyStore store;
  private final Clock clock;
  private final Map<String, Held> ring = new ConcurrentHashMap<>();

  KeyRing(ApiKeyStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** One text's key; requests that come at once wait for one trip to the store. */
  private static final class Held {
    final ReentrantLock lock = new ReentrantLock();
    volatile Instant readAt = Instant.MIN;
    volatile @Nullable ApiKey key;

    boolean isFresh(Instant now) {
      Instant read = readAt;
      // a clock that was set back must not make a key last
      return !read.equals(Instant.MIN) && !now.isBefore(read) && now.isBefore(read.plus(FRESH));
    }
  }

  /** The key of a text if it opens something now. */
  Optional<ApiKey> find(KeyTexts.Read text) {
    Instant now = clock.instant();
    if (ring.size() >= MOST) {
      ring.values().removeIf(held -> !held.isFresh(now));
      if (ring.size() >= MOST) {
        ring.clear();
      }
    }
    Held held = ring.computeIfAbsent(text.digest(), any -> new Held());
    if (!held.isFresh(now)) {
      held.lock.lock();
      try {
        if (!held.isFresh(now)) {
          held.key = load(text, now);
          held.readAt = now;
        }
      } finally {
        held.lock.unlock();
      }
    }
    return Optional.ofNullable(held.key).filter(key -> inForce(key, now));
  }

  private @Nullable ApiKey load(KeyTexts.Read text, Instant now) {
    ApiKey key =
        store.find(text.id()).filter(found -> same(found.digest(), text.digest())).orElse(null);
    if (key != null && inForce(key, now)) {
      noteUse(key, now);
    }
    return key;
  }

  private void noteUse(ApiKey key, Instant now) {
    Instant noted = key.lastUsedAt();
    if (noted != null && now.isBefore(noted.plus(USES_NOTED))) {
      return;
    }
    try {
      store.used(key.id(), now);
    } catch (RuntimeException e) {
      LOG.warn("key={} its use was not noted: {}", key.id(), Failures.tell(e));
    }
  }

  private static boolean inForce(ApiKey key, Instant now) {
    return key.state(now) == ApiKey.State.IN_FORCE;
  }

  private static boolean same(String stored, String given) {
    return MessageDigest.isEqual(
        stored.getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.US_ASCII));
  }
}
