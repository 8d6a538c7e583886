package dev.beckon.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Copies within a bucket, by the server, without the bytes passing through us. Thread-safe.
 *
 * <p>S3 copies at most <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html">5 GB in one call</a>;
 * we part much earlier, because one call answers only when everything is copied.
 */
final class S3Move {
  private static final Logger log = LoggerFactory.getLogger(S3Move.class);
  private static final long MEBIBYTE = 1024 * 1024;

  /** S3 allows 10,000 parts; objects so large get larger parts. */
  private static final int MOST_PARTS = 10_000;

  private static final int AT_ONCE = 8;

  private final S3Client client;
  private final String bucket;
  private final long wholeUpTo;
  private final long part;

  S3Move(S3Client client, String bucket) {
    this(client, bucket, 512 * MEBIBYTE, 256 * MEBIBYTE);
  }

  /**
   * Sizes in bytes: up to the first an object is copied in one call, else in parts of the second.
   */
  S3Move(S3Client client, String bucket, long wholeUpTo, long part) {
    this.client = client;
    this.bucket = bucket;
    this.wholeUpTo = wholeUpTo;
    this.part = part;
  }

  /** Copies the object as {@code source} describes it; fails when it was overwritten since. */
  void copy(String from, String to, HeadObjectResponse source) {
    if (source.contentLength() <= wholeUpTo) {
      client.copyObject(request ->
          request
              .sourceBucket(bucket)
              .sourceKey(from)
              .copySourceIfMatch(source.eTag())
              .destinationBucket(bucket)
              .destinationKey(to));
      return;
    }
    String upload =
        client
            .createMultipartUpload(
                request -> request.bucket(bucket).key(to).contentType(source.contentType()))
            .uploadId();
    try {
      List<CompletedPart> parts = copyParts(from, to, upload, source);
      client.completeMultipartUpload(request ->
          request
              .bucket(bucket)
              .key(to)
              .uploadId(upload)
              .multipartUpload(whole -> whole.parts(parts)));
    } catch (RuntimeException e) {
      abort(to, upload);
      throw e;
    }
  }

  private List<CompletedPart> copyParts(
      String from, String to, String upload, HeadObjectResponse source) {
    long size = source.contentLength();
    long step = Math.max(part, Math.ceilDiv(size, MOST_PARTS));
    List<Future<CompletedPart>> running = new ArrayList<>();
    try (ExecutorService workers =
        Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      for (long start = 0; start < size; start += step) {
        int number = running.size() + 1;
        String range = "bytes=" + start + "-" + (Math.min(start + step, size) - 1);
        running.add(workers.submit(() -> copyPart(from, to, upload, source.eTag(), number, range)));
      }
      List<CompletedPart> parts = new ArrayList<>();
      try {
        for (Future<CompletedPart> one : running) {
          parts.add(one.get());
        }
      } catch (ExecutionException e) {
        workers.shutdownNow();
        throw e.getCause() instanceof RuntimeException cause
            ? cause
            : SdkClientException.create("copying a part of " + from, e.getCause());
      } catch (InterruptedException e) {
        workers.shutdownNow();
        Thread.currentThread().interrupt();
        throw SdkClientException.create("interrupted while copying " + from, e);
      }
      return parts;
    }
  }

  private CompletedPart copyPart(
      String from, String to, String upload, String version, int number, String range) {
    String tag =
        client
            .uploadPartCopy(request ->
                request
                    .sourceBucket(bucket)
                    .sourceKey(from)
                    .copySourceIfMatch(version)
                    .copySourceRange(range)
                    .destinationBucket(bucket)
                    .destinationKey(to)
                    .uploadId(upload)
                    .partNumber(number))
            .copyPartResult()
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(tag).build();
  }

  private void abort(String key, String upload) {
    try {
      client.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(upload));
    } catch (SdkException e) {
      log.warn("upload=not_aborted bucket={} error={}", bucket, e.getClass().getSimpleName());
    }
  }
}
