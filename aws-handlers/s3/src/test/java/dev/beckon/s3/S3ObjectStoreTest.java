package dev.beckon.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.filedrop.ObjectStore;
import dev.beckon.filedrop.ObjectStoreContract;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

class S3ObjectStoreTest extends ObjectStoreContract {
  private static final int MEBIBYTE = 1024 * 1024;
  private static LocalS3 server;
  private static S3Client client;
  private static int buckets;
  private String bucket;

  @BeforeAll
  static void start() throws Exception {
    server = new LocalS3();
    client = LocalS3.client(server.port());
  }

  @AfterAll
  static void stop() throws Exception {
    client.close();
    server.close();
  }

  @BeforeEach
  void createBucket() {
    bucket = "drops-" + buckets++;
    client.createBucket(request -> request.bucket(bucket));
  }

  @Override
  protected ObjectStore store() {
    return new S3ObjectStore(client, bucket);
  }

  private int unfinishedUploads() {
    return client.listMultipartUploads(request -> request.bucket(bucket)).uploads().size();
  }

  @Test
  void move_largeObject_copiesInParts() throws IOException {
    byte[] bytes = noise(16 * MEBIBYTE + 3);
    store().write("from", bytes);
    CountingS3 counting = new CountingS3(Integer.MAX_VALUE);
    S3Move move = new S3Move(counting, bucket, 6 * MEBIBYTE, 5 * MEBIBYTE);

    new S3ObjectStore(counting, bucket, move).move("from", "to");

    assertThat(content("to")).isEqualTo(bytes);
    assertThat(store().info("from")).isEmpty();
    assertThat(counting.calls).hasValue(4);
  }

  @Test
  void move_partFails_keepsTheSourceAndLeavesNoUpload() throws IOException {
    store().write("from", noise(11 * MEBIBYTE));
    CountingS3 failing = new CountingS3(1);
    S3Move move = new S3Move(failing, bucket, 6 * MEBIBYTE, 5 * MEBIBYTE);
    ObjectStore store = new S3ObjectStore(failing, bucket, move);

    assertThatThrownBy(() -> store.move("from", "to")).isInstanceOf(SdkClientException.class);

    assertThat(store().info("from")).isPresent();
    assertThat(store().info("to")).isEmpty();
    assertThat(unfinishedUploads()).isZero();
  }

  @Test
  void writer_partFails_leavesNeitherObjectNorUpload() throws IOException {
    OutputStream out = new S3ObjectStore(new CountingS3(1), bucket).writer("k");
    out.write(noise(9 * MEBIBYTE));
    assertThatThrownBy(() -> out.write(noise(9 * MEBIBYTE))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> out.write(1)).isInstanceOf(IOException.class);
    out.close();

    assertThat(store().info("k")).isEmpty();
    assertThat(unfinishedUploads()).isZero();
  }

  @Test
  void writer_lastPartFails_throwsOnClose() throws IOException {
    OutputStream out = new S3ObjectStore(new CountingS3(1), bucket).writer("k");
    out.write(noise(9 * MEBIBYTE));
    assertThatThrownBy(out::close).isInstanceOf(IOException.class);

    assertThat(store().info("k")).isEmpty();
    assertThat(unfinishedUploads()).isZero();
  }

  /** Counts parts sent or copied, and fails them after some. */
  private static final class CountingS3 extends DelegatingS3Client {
    final AtomicInteger calls = new AtomicInteger();
    private final int most;

    CountingS3(int most) {
      super(client);
      this.most = most;
    }

    private void count() {
      if (calls.incrementAndGet() > most) {
        throw SdkClientException.create("the connection broke");
      }
    }

    @Override
    public UploadPartResponse uploadPart(UploadPartRequest request, RequestBody body) {
      count();
      return super.uploadPart(request, body);
    }

    @Override
    public UploadPartCopyResponse uploadPartCopy(UploadPartCopyRequest request) {
      count();
      return super.uploadPartCopy(request);
    }
  }
}
