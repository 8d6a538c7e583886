package dev.beckon.s3;

import dev.beckon.filedrop.PartedOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

/** Writes one object by a multipart upload in parts of 8 MiB. Not thread-safe. */
final class MultipartOutputStream extends PartedOutputStream {
  private static final Logger log = LoggerFactory.getLogger(MultipartOutputStream.class);

  /** Bytes; S3 wants 5 MiB or more of every part but the last. */
  private static final int PART = 8 * 1024 * 1024;

  /** S3's limit; parts of 8 MiB make 78 GiB of it. */
  private static final int MOST_PARTS = 10_000;

  private final S3Client client;
  private final String bucket;
  private final String key;
  private final List<CompletedPart> parts = new ArrayList<>();

  /** Of all bytes: S3 compares it with what it put together, and hands it to readers. */
  private final CRC32 whole = new CRC32();

  private long size;
  private @Nullable String upload;

  MultipartOutputStream(S3Client client, String bucket, String key) {
    super(key, PART, MOST_PARTS);
    this.client = client;
    this.bucket = bucket;
    this.key = key;
  }

  @Override
  protected void storeWhole(byte[] bytes, int length) {
    client.putObject(
        request -> request.bucket(bucket).key(key).checksumAlgorithm(ChecksumAlgorithm.CRC32),
        RequestBody.fromBytes(Arrays.copyOf(bytes, length)));
  }

  @Override
  protected void storePart(int number, byte[] bytes, int length) {
    String id = upload == null ? begin() : upload;
    upload = id;
    whole.update(bytes, 0, length);
    size += length;
    UploadPartResponse sent =
        client.uploadPart(
            request ->
                request
                    .bucket(bucket)
                    .key(key)
                    .uploadId(id)
                    .partNumber(number)
                    .checksumAlgorithm(ChecksumAlgorithm.CRC32),
            RequestBody.fromBytes(Arrays.copyOf(bytes, length)));
    parts.add(
        CompletedPart.builder()
            .partNumber(number)
            .eTag(sent.eTag())
            .checksumCRC32(sent.checksumCRC32())
            .build());
  }

  private String begin() {
    return client
        .createMultipartUpload(request ->
            request
                .bucket(bucket)
                .key(key)
                .checksumAlgorithm(ChecksumAlgorithm.CRC32)
                .checksumType(ChecksumType.FULL_OBJECT))
        .uploadId();
  }

  @Override
  protected void join() {
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

  @Override
  protected void discard() {
    String id = upload;
    if (id == null) {
      return;
    }
    try {
      client.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(id));
    } catch (SdkException e) {
      log.warn("upload=not_aborted bucket={} error={}", bucket, e.getClass().getSimpleName());
    }
  }
}
