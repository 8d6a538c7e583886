package dev.beckon.s3;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Writes one object in parts of 8 MiB, or in one put when it is no larger; memory stays at one
 * part. The object appears at {@link #close()}; after a failed write, close aborts. Not
 * thread-safe.
 */
final class MultipartOutputStream extends OutputStream {
  private static final Logger log = LoggerFactory.getLogger(MultipartOutputStream.class);

  /** Bytes; S3 wants 5 MiB or more of every part but the last. */
  private static final int PART = 8 * 1024 * 1024;

  private static final int FIRST_BUFFER = 64 * 1024;

  /** S3's limit; parts of 8 MiB make 78 GiB of it. */
  private static final int MOST_PARTS = 10_000;

  private final S3Client client;
  private final String bucket;
  private final String key;
  private final List<CompletedPart> parts = new ArrayList<>();

  /** Of all bytes: S3 compares it with what it put together, and hands it to readers. */
  private final CRC32 whole = new CRC32();

  private long size;
  private byte[] buffer = new byte[FIRST_BUFFER];
  private int filled;
  private @Nullable String upload;
  private boolean failed;
  private boolean closed;

  MultipartOutputStream(S3Client client, String bucket, String key) {
    this.client = client;
    this.bucket = bucket;
    this.key = key;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int start, int length) throws IOException {
    Objects.checkFromIndexSize(start, length, bytes.length);
    if (closed || failed) {
      throw new IOException("the writer of " + key + (closed ? " is closed" : " has failed"));
    }
    int from = start;
    int left = length;
    while (left > 0) {
      if (filled == PART) {
        sendPart();
      }
      int n = Math.min(left, PART - filled);
      if (filled + n > buffer.length) {
        buffer = Arrays.copyOf(buffer, Math.min(PART, Math.max(2 * buffer.length, filled + n)));
      }
      System.arraycopy(bytes, from, buffer, filled, n);
      filled += n;
      from += n;
      left -= n;
    }
  }

  private void sendPart() throws IOException {
    int number = parts.size() + 1;
    try {
      if (number > MOST_PARTS) {
        throw SdkException.create("more than " + MOST_PARTS + " parts", null);
      }
      String id = upload;
      if (id == null) {
        id =
            client
                .createMultipartUpload(request ->
                    request
                        .bucket(bucket)
                        .key(key)
                        .checksumAlgorithm(ChecksumAlgorithm.CRC32)
                        .checksumType(ChecksumType.FULL_OBJECT))
                .uploadId();
        upload = id;
      }
      String uploadId = id;
      whole.update(buffer, 0, filled);
      size += filled;
      UploadPartResponse sent =
          client.uploadPart(
              request ->
                  request
                      .bucket(bucket)
                      .key(key)
                      .uploadId(uploadId)
                      .partNumber(number)
                      .checksumAlgorithm(ChecksumAlgorithm.CRC32),
              RequestBody.fromBytes(Arrays.copyOf(buffer, filled)));
      parts.add(
          CompletedPart.builder()
              .partNumber(number)
              .eTag(sent.eTag())
              .checksumCRC32(sent.checksumCRC32())
              .build());
      filled = 0;
    } catch (SdkException e) {
      failed = true;
      throw new IOException("part " + number + " of object " + key + " was not stored", e);
    }
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (!failed) {
        finish();
      }
    } catch (SdkException e) {
      failed = true;
      throw new IOException("object " + key + " was not stored", e);
    } finally {
      buffer = new byte[0];
      if (failed && upload != null) {
        abort(upload);
      }
    }
  }

  private void finish() throws IOException {
    if (upload == null) {
      client.putObject(
          request -> request.bucket(bucket).key(key).checksumAlgorithm(ChecksumAlgorithm.CRC32),
          RequestBody.fromBytes(Arrays.copyOf(buffer, filled)));
      return;
    }
    sendPart();
    client.completeMultipartUpload(request ->
        request
            .bucket(bucket)
            .key(key)
            .uploadId(upload)
            .checksumCRC32(WholeChecksum.base64(whole))
            .checksumType(ChecksumType.FULL_OBJECT)
            .mpuObjectSize(size)
            .multipartUpload(all -> all.parts(parts)));
  }

  private void abort(String uploadId) {
    try {
      client.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(uploadId));
    } catch (SdkException e) {
      log.warn("upload=not_aborted bucket={} error={}", bucket, e.getClass().getSimpleName());
    }
  }
}
