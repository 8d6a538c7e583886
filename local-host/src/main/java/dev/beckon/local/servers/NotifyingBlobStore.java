package dev.beckon.local.servers;

import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Tells of each object created, after it exists. Thread-safe as far as its consumer is. */
final class NotifyingBlobStore extends ForwardingBlobStore {

  /** S3Proxy stores its own notes on a multipart upload as an object of this name. */
  private static final String INTERNAL = ".s3proxy-mpu-stub-";

  private final Predicate<String> publishes;
  private final Consumer<String> events;
  private final AtomicLong sequence = new AtomicLong(System.currentTimeMillis() << 20);

  NotifyingBlobStore(BlobStore store, Predicate<String> publishes, Consumer<String> events) {
    super(store);
    this.publishes = publishes;
    this.events = events;
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload) {
    PutObjectResponse response = super.putBlob(request, payload);
    created("Put", request.bucket(), request.key());
    return response;
  }

  @Override
  public CopyObjectResponse copyBlob(CopyObjectRequest request) {
    CopyObjectResponse response = super.copyBlob(request);
    created("Copy", request.destinationBucket(), request.destinationKey());
    return response;
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      MultipartUpload upload, CompleteMultipartUploadRequest request) {
    CompleteMultipartUploadResponse response = super.completeMultipartUpload(upload, request);
    created("CompleteMultipartUpload", upload.containerName(), upload.blobName());
    return response;
  }

  private void created(String how, String bucket, String key) {
    if (key.startsWith(INTERNAL) || !publishes.test(key)) {
      return;
    }
    HeadObjectResponse head =
        blobMetadata(HeadObjectRequest.builder().bucket(bucket).key(key).build());
    events.accept(
        S3EventJson.created(
            how,
            bucket,
            key,
            head.contentLength() == null ? 0 : head.contentLength(),
            head.eTag(),
            sequence.incrementAndGet()));
  }
}
