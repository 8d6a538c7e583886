package dev.beckon.memory;

import dev.beckon.filedrop.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** A bucket in memory, for tests and samples. Thread-safe. */
public final class MemoryObjectStore implements ObjectStore {

  @SuppressWarnings("ArrayRecordComponent") // never leaves this class, never compared
  private record Stored(byte[] content, String version, Instant writtenAt) {}

  private final Map<String, Stored> objects = new ConcurrentSkipListMap<>(MemoryObjectStore::order);
  private final AtomicLong versions = new AtomicLong();
  private final Clock clock;

  public MemoryObjectStore(Clock clock) {
    this.clock = clock;
  }

  private static int order(String one, String other) {
    return Arrays.compareUnsigned(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  /** The keys of all objects, in order, with their sizes in bytes. */
  public Map<String, Long> list() {
    Map<String, Long> sizes = new TreeMap<>();
    objects.forEach((key, stored) -> sizes.put(key, (long) stored.content.length));
    return sizes;
  }

  @Override
  public List<Listed> list(String prefix, String after, int limit) {
    return objects.entrySet().stream()
        .filter(object -> object.getKey().startsWith(prefix) && order(object.getKey(), after) > 0)
        .limit(limit)
        .map(object -> new Listed(object.getKey(), object.getValue().writtenAt))
        .toList();
  }

  @Override
  public Optional<ObjectInfo> info(String key) {
    return Optional.ofNullable(objects.get(key))
        .map(stored -> new ObjectInfo(key, stored.content.length, stored.version));
  }

  @Override
  public Optional<InputStream> read(String key) {
    return Optional.ofNullable(objects.get(key))
        .map(stored -> new ByteArrayInputStream(stored.content));
  }

  @Override
  public void write(String key, byte[] content) {
    objects.put(
        key, new Stored(content.clone(), "v" + versions.incrementAndGet(), clock.instant()));
  }

  @Override
  public OutputStream writer(String key) {
    return new Writer(key);
  }

  @Override
  public synchronized void move(String from, String to) {
    if (from.equals(to)) {
      return;
    }
    Stored stored = objects.get(from);
    if (stored != null) {
      write(to, stored.content);
      objects.remove(from);
    } else if (!objects.containsKey(to)) {
      throw new UncheckedIOException(new FileNotFoundException("no object " + from));
    }
  }

  @Override
  public void delete(String key) {
    objects.remove(key);
  }

  private final class Writer extends OutputStream {
    private final String key;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private boolean closed;

    Writer(String key) {
      this.key = key;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (closed) {
        throw new IOException("the writer of " + key + " is closed");
      }
      content.write(bytes, offset, length);
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        MemoryObjectStore.this.write(key, content.toByteArray());
      }
    }
  }
}
