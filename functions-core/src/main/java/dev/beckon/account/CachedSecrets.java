package dev.beckon.account;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Secrets of a service that is asked as seldom as can be.
 *
 * <p>A value is asked for again after five minutes, and sooner when it was refused where it is
 * used. What the service said last holds for up to an hour while it cannot be asked. Each secret is
 * asked for by itself, one call at a time: one that fails delays no other. Thread-safe.
 */
public final class CachedSecrets implements Secrets {
  private static final Logger log = LoggerFactory.getLogger(CachedSecrets.class);

  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final Duration KEPT = Duration.ofHours(1);

  /** How soon a call that failed, or was asked for out of turn, is made again. */
  private static final Duration AGAIN = Duration.ofSeconds(10);

  private final SecretSource source;
  private final Clock clock;
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  public CachedSecrets(SecretSource source, Clock clock) {
    this.source = source;
    this.clock = clock;
  }

  @Override
  public Secret resolve(URI reference) {
    return entry(reference).value();
  }

  @Override
  public void refresh(URI reference) {
    entry(reference).refused();
  }

  private Entry entry(URI reference) {
    return entries.computeIfAbsent(Secrets.name(reference), name -> new Entry(reference, name));
  }

  /** One secret as it was last answered. */
  private final class Entry {
    private final URI reference;
    private final String name;
    private @Nullable Secret secret;
    private Instant readAt = Instant.MIN;
    private Instant askedAt = Instant.MIN;
    private SecretSource.@Nullable Answer answer;
    private boolean refused;

    Entry(URI reference, String name) {
      this.reference = reference;
      this.name = name;
    }

    synchronized void refused() {
      refused = true;
    }

    synchronized Secret value() {
      Instant now = clock.instant();
      boolean fresh =
          answer instanceof SecretSource.Found && !refused && now.isBefore(readAt.plus(FRESH));
      if (!fresh && !now.isBefore(askedAt.plus(AGAIN))) {
        ask(now);
      }
      return switch (answer) {
        case SecretSource.Found found -> found.secret();
        case SecretSource.Missing missing ->
            throw new SecretMissingException(reference, missing.where());
        case SecretSource.Unreachable down -> kept(now, down);
        case null -> throw new IllegalStateException("asked, and not answered");
      };
    }

    private Secret kept(Instant now, SecretSource.Unreachable down) {
      Secret last = secret;
      if (last != null && now.isBefore(readAt.plus(KEPT))) {
        return last;
      }
      throw new SecretUnreachableException(reference, down.why(), down.cause());
    }

    private void ask(Instant now) {
      askedAt = now;
      refused = false;
      SecretSource.Answer said = source.ask(name);
      answer = said;
      if (said instanceof SecretSource.Found found) {
        secret = found.secret();
        readAt = now;
      } else if (said instanceof SecretSource.Unreachable down) {
        log.warn("secret={} why='{}' kept={}", reference, down.why(), secret != null);
      }
    }
  }
}
