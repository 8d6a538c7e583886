package dev.beckon.bench.worker;

import dev.beckon.filedrop.ObjectStore;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A bucket in a folder, so that what is stored does not count as heap. Dropped files are streams
 * made when they are read. Lists nothing. Thread-safe.
 */
final class FolderObjects implements ObjectStore {
  private final Path folder;
  private final Map<String, Supplier<InputStream>> dropped = new ConcurrentHashMap<>();

  FolderObjects(Path folder) {
    this.folder = folder;
  }

  /** Puts a file under a key whose content is made each time it is read. */
  void drop(String key, Supplier<InputStream> content) {
    dropped.put(key, content);
  }

  @Override
  public List<Listed> list(String prefix, String after, int limit) {
    return List.of();
  }

  @Override
  public Optional<ObjectInfo> info(String key) {
    if (dropped.containsKey(key)) {
      return Optional.of(new ObjectInfo(key, 1, "1"));
    }
    try {
      Path file = path(key);
      return Files.exists(file)
          ? Optional.of(new ObjectInfo(key, Files.size(file), "1"))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<InputStream> read(String key) {
    Supplier<InputStream> made = dropped.get(key);
    if (made != null) {
      return Optional.of(made.get());
    }
    try {
      Path file = path(key);
      return Files.exists(file) ? Optional.of(Files.newInputStream(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void write(String key, byte[] content) {
    try {
      Path file = path(key);
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public OutputStream writer(String key) {
    try {
      Path file = path(key);
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      return new BufferedOutputStream(Files.newOutputStream(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void move(String from, String to) {
    if (dropped.remove(from) != null) {
      return;
    }
    try {
      Path target = path(to);
      Files.createDirectories(Objects.requireNonNull(target.getParent()));
      Files.move(path(from), target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void delete(String key) {
    dropped.remove(key);
    try {
      Files.deleteIfExists(path(key));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path path(String key) {
    return folder.resolve(key);
  }
}
