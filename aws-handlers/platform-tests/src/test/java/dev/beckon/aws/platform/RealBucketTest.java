package dev.beckon.aws.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.filedrop.ObjectStore;
import dev.beckon.filedrop.ObjectStoreContract;
import dev.beckon.s3.ClientDefaults;
import dev.beckon.s3.S3ObjectStore;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

class RealBucketTest extends ObjectStoreContract {
  private S3Client client;
  private String bucket;

  @BeforeEach
  void create() {
    client = ClientDefaults.s3(Endpoints.of("s3")).credentialsProvider(Endpoints.CREDENTIALS).build();
    bucket = Endpoints.fresh();
    client.createBucket(request -> request.bucket(bucket));
  }

  @AfterEach
  void close() {
    if (client != null) {
      client.close();
    }
  }

  @Override
  protected ObjectStore store() {
    return new S3ObjectStore(client, bucket);
  }

  @Test
  void writer_severalParts_areReadBackWhole() throws IOException {
    byte[] bytes = noise(20 * 1024 * 1024 + 7);
    try (OutputStream out = store().writer("parts")) {
      out.write(bytes);
    }

    assertThat(content("parts")).isEqualTo(bytes);
  }
}
