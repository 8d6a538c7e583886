package dev.beckon.azurite;

/** Is told of blobs as they come to be, as Event Grid is. Called by one thread at a time. */
@FunctionalInterface
public interface CreatedListener {

  /**
   * A blob was written, anew or over another.
   *
   * @param key of the blob, decoded
   * @param api what wrote it, as Event Grid names it: {@code PutBlob}, {@code PutBlockList} or
   *     {@code CopyBlob}
   */
  void created(String container, String key, String api);
}
