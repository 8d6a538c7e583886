package dev.beckon.s3;

import dev.beckon.filedrop.ObjectStore;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * One S3 bucket. Thread-safe; the streams it hands out are not.
 *
 * <p>A writer never closed leaves parts of an upload behind, which no reader sees: the bucket's
 * lifecycle rule AbortIncompleteMultipartUpload removes them.
 */
public final class S3ObjectStore implements ObjectStore {
  private final S3Client client;
  private final String bucket;
  private final S3Move move;

  public S3ObjectStore(S3Client client, String bucket) {
    this(client, bucket, new S3Move(client, bucket));
  }

  S3ObjectStore(S3Client client, String bucket, S3Move move) {
    this.client = client;
    this.bucket = bucket;
    this.move = move;
  }

  @Override
  public List<Listed> list(String prefix, String after, int limit) {
    return client
        .listObjectsV2(request -> {
          request.bucket(bucket).prefix(prefix).maxKeys(limit);
          if (!after.isEmpty()) {
            request.startAfter(after);
          }
        })
        .contents()
        .stream()
        .map(object -> new Listed(object.key(), object.lastModified()))
        .toList();
  }

  @Override
  public Optional<ObjectInfo> info(String key) {
    return head(key).map(head -> new ObjectInfo(key, head.contentLength(), version(head)));
  }

  /**
   * The version where the bucket keeps versions; elsewhere ETag and time, because the same content
   * written again has the same ETag.
   */
  private static String version(HeadObjectResponse head) {
    String version = head.versionId();
    return version == null || version.equals("null")
        ? head.eTag() + "@" + head.lastModified().toEpochMilli()
        : version;
  }

  @Override
  public Optional<InputStream> read(String key) {
    try {
      ResponseInputStream<GetObjectResponse> first =
          client.getObject(request -> request.bucket(bucket).key(key));
      return Optional.of(new ResumingInputStream(client, bucket, key, first));
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    }
  }

  @Override
  public void write(String key, byte[] content) {
    client.putObject(
        request -> request.bucket(bucket).key(key).checksumAlgorithm(ChecksumAlgorithm.CRC32),
        RequestBody.fromBytes(content));
  }

  @Override
  public OutputStream writer(String key) {
    return new MultipartOutputStream(client, bucket, key);
  }

  @Override
  public void move(String from, String to) {
    if (from.equals(to)) {
      return;
    }
    Optional<HeadObjectResponse> source = head(from);
    if (source.isPresent()) {
      move.copy(from, to, source.get());
      delete(from);
    } else if (head(to).isEmpty()) {
      throw new UncheckedIOException(
          new FileNotFoundException("no object " + from + " in bucket " + bucket));
    }
  }

  @Override
  public void delete(String key) {
    client.deleteObject(request -> request.bucket(bucket).key(key));
  }

  private Optional<HeadObjectResponse> head(String key) {
    try {
      return Optional.of(client.headObject(request -> request.bucket(bucket).key(key)));
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (S3Exception e) {
      // a HEAD has no body, so some servers' 404 carries no error code to recognise
      if (e.statusCode() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
