package dev.beckon.azure.platform;

import com.azure.core.util.BinaryData;
import com.azure.core.util.polling.LongRunningOperationStatus;
import com.azure.core.util.polling.SyncPoller;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobBeginCopySourceRequestConditions;
import com.azure.storage.blob.models.BlobCopyInfo;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.ConsistentReadControl;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.options.BlobBeginCopyOptions;
import com.azure.storage.blob.options.BlobInputStreamOptions;
import dev.beckon.filedrop.ObjectStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One blob container. Thread-safe; the streams it hands out are not. */
public final class BlobObjectStore implements ObjectStore {
  /** Bytes fetched in one call. */
  private static final int BLOCK = 4 * 1024 * 1024;

  /** A copy within an account is made at once, whatever its size; the service promises no time. */
  private static final Duration COPY = Duration.ofMinutes(5);

  private static final Duration LOOK = Duration.ofMillis(200);

  private final BlobContainerClient container;

  public BlobObjectStore(BlobContainerClient container) {
    this.container = container;
  }

  private BlobClient blob(String key) {
    return container.getBlobClient(key);
  }

  /** In the service's own order: UTF-8's, as far as names are of the Basic Multilingual Plane. */
  @Override
  public List<Listed> list(String prefix, String after, int limit) {
    ListBlobsOptions options =
        new ListBlobsOptions().setPrefix(prefix).setMaxResultsPerPage(limit + 1);
    if (!after.isEmpty()) {
      options.setStartFrom(after); // which begins with that very key
    }
    return container.listBlobs(options, null).stream()
        .filter(item -> !item.getName().equals(after))
        .limit(limit)
        .map(item -> new Listed(item.getName(), item.getProperties().getLastModified().toInstant()))
        .toList();
  }

  @Override
  public Optional<ObjectInfo> info(String key) {
    return properties(key).map(found -> new ObjectInfo(key, found.getBlobSize(), found.getETag()));
  }

  @Override
  public Optional<InputStream> read(String key) {
    try {
      return Optional.of(
          new BlobContent(
              blob(key)
                  .openInputStream(
                      new BlobInputStreamOptions()
                          .setBlockSize(BLOCK)
                          .setConsistentReadControl(ConsistentReadControl.ETAG)),
              key));
    } catch (BlobStorageException e) {
      requireGone(e);
      return Optional.empty();
    }
  }

  @Override
  public void write(String key, byte[] content) {
    blob(key).getBlockBlobClient().upload(BinaryData.fromBytes(content), true);
  }

  @Override
  public OutputStream writer(String key) {
    return new BlockOutputStream(blob(key).getBlockBlobClient(), key);
  }

  /**
   * By a copy within the account, of which the bytes do not pass through us, of the content as it
   * was found. What is written under {@code from} meanwhile stays there.
   */
  @Override
  public void move(String from, String to) {
    if (from.equals(to)) {
      return;
    }
    Optional<BlobProperties> source = properties(from);
    if (source.isPresent()) {
      String version = source.get().getETag();
      copy(from, to, version);
      delete(from, version);
    } else if (properties(to).isEmpty()) {
      throw new UncheckedIOException(
          new FileNotFoundException(
              "no object " + from + " in container " + container.getBlobContainerName()));
    }
  }

  private void copy(String from, String to, String version) {
    SyncPoller<BlobCopyInfo, Void> copying =
        blob(to)
            .beginCopy(
                new BlobBeginCopyOptions(blob(from).getBlobUrl())
                    .setSourceRequestConditions(
                        new BlobBeginCopySourceRequestConditions().setIfMatch(version))
                    .setPollInterval(LOOK));
    LongRunningOperationStatus end = copying.waitForCompletion(COPY).getStatus();
    if (!LongRunningOperationStatus.SUCCESSFULLY_COMPLETED.equals(end)) {
      throw new UncheckedIOException(
          new IOException("object " + from + " was not copied to " + to + ": " + end));
    }
  }

  private void delete(String key, String version) {
    try {
      blob(key)
          .deleteWithResponse(null, new BlobRequestConditions().setIfMatch(version), null, null);
    } catch (BlobStorageException e) {
      if (e.getStatusCode() != 404 && e.getStatusCode() != 412) {
        throw e;
      }
    }
  }

  @Override
  public void delete(String key) {
    blob(key).deleteIfExists();
  }

  private Optional<BlobProperties> properties(String key) {
    try {
      return Optional.of(blob(key).getProperties());
    } catch (BlobStorageException e) {
      requireGone(e);
      return Optional.empty();
    }
  }

  /** A container that is not there is broken infrastructure, not a blob that is gone. */
  private static void requireGone(BlobStorageException e) {
    if (e.getStatusCode() != 404 || BlobErrorCode.CONTAINER_NOT_FOUND.equals(e.getErrorCode())) {
      throw e;
    }
  }
}
