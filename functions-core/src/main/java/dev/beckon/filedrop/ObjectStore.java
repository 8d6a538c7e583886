package dev.beckon.filedrop;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The bucket: named byte streams. Keys are plain Unicode with {@code /} between folders (decoded,
 * never URL-encoded). Thread-safe. Broken infrastructure is an {@link java.io.UncheckedIOException}
 * or the client's own unchecked exception.
 */
public interface ObjectStore {

  /**
   * What is known of an object without reading it.
   *
   * @param size bytes
   * @param version changes whenever the content under the key is written again (an ETag or version)
   */
  record ObjectInfo(String key, long size, String version) {}

  /**
   * One line of a listing.
   *
   * @param writtenAt when its content was written
   */
  record Listed(String key, Instant writtenAt) {}

  /**
   * A page of the objects whose keys begin with a prefix, ordered by the UTF-8 bytes of their keys.
   *
   * @param after the last key of the page before; empty for the first page
   * @param limit at most 1,000
   */
  List<Listed> list(String prefix, String after, int limit);

  /** Empty when there is no such object. */
  Optional<ObjectInfo> info(String key);

  /**
   * Opens an object as a stream of bounded memory that survives a lost connection by reading on
   * from where it was; empty when there is no such object.
   */
  Optional<InputStream> read(String key);

  /** Stores a small object whole. Overwrites. */
  void write(String key, byte[] content);

  /**
   * Stores an object of any size as a stream, in bounded memory. It exists only once the stream is
   * closed normally; a stream left open, or closed after a failed write, leaves no object.
   */
  OutputStream writer(String key);

  /**
   * Renames an object of any size; does nothing when {@code from} is gone and {@code to} exists.
   */
  void move(String from, String to);

  /** Removes an object; silent when there is none. */
  void delete(String key);
}
