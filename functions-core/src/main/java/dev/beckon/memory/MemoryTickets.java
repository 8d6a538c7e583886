package dev.beckon.memory;

import dev.beckon.filedrop.ObjectTickets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tickets for a bucket in memory, for tests and samples: their addresses mean something to this
 * object alone. Thread-safe.
 */
public final class MemoryTickets implements ObjectTickets {
  private record Granted(String key, long mostBytes, Instant expiresAt) {}

  private final Map<URI, Granted> uploads = new ConcurrentHashMap<>();
  private final Map<URI, Granted> downloads = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();
  private final MemoryObjectStore objects;
  private final Clock clock;

  public MemoryTickets(MemoryObjectStore objects, Clock clock) {
    this.objects = objects;
    this.clock = clock;
  }

  @Override
  public Upload upload(String key, long mostBytes, Duration validFor) {
    URI url = URI.create("memory:/upload/" + numbers.incrementAndGet());
    Instant expires = clock.instant().plus(validFor);
    uploads.put(url, new Granted(key, mostBytes, expires));
    return new Upload("PUT", url, Map.of(), Map.of(), expires, mostBytes);
  }

  @Override
  public URI download(String key, String fileName, Duration validFor) {
    URI url = URI.create("memory:/download/" + numbers.incrementAndGet());
    downloads.put(url, new Granted(key, 0, clock.instant().plus(validFor)));
    return url;
  }

  /**
   * Puts an object by its ticket.
   *
   * @return whether it was taken
   */
  public boolean put(URI url, byte[] content) {
    Granted granted = uploads.get(url);
    if (granted == null
        || !clock.instant().isBefore(granted.expiresAt())
        || content.length > granted.mostBytes()) {
      return false;
    }
    objects.write(granted.key(), content);
    return true;
  }

  /** Fetches an object by its ticket; empty when that opens nothing. */
  public Optional<byte[]> get(URI url) {
    Granted granted = downloads.get(url);
    if (granted == null || !clock.instant().isBefore(granted.expiresAt())) {
      return Optional.empty();
    }
    try (InputStream in = objects.read(granted.key()).orElse(null)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
