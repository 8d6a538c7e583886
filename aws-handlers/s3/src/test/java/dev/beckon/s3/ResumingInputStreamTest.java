package dev.beckon.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.bed.CuttingProxy;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

class ResumingInputStreamTest {
  private static final byte[] BYTES = new byte[3_000_000];
  private static LocalS3 server;
  private static S3Client direct;
  private CuttingProxy proxy;
  private S3Client cut;

  @BeforeAll
  static void start() throws Exception {
    new Random(1).nextBytes(BYTES);
    server = new LocalS3();
    direct = LocalS3.client(server.port());
    direct.createBucket(request -> request.bucket("drops"));
    new S3ObjectStore(direct, "drops").write("k", BYTES);
  }

  @AfterAll
  static void stop() throws Exception {
    direct.close();
    server.close();
  }

  @AfterEach
  void closeProxy() throws IOException {
    cut.close();
    proxy.close();
  }

  private InputStream openThrough(LongSupplier allowed) throws IOException {
    proxy = new CuttingProxy(server.port(), allowed);
    cut = LocalS3.client(proxy.port());
    return new S3ObjectStore(cut, "drops").read("k").orElseThrow();
  }

  @Test
  void read_connectionCutAgainAndAgain_givesEveryByteOnce() throws IOException {
    try (InputStream in = openThrough(() -> 400_000)) {
      assertThat(in.readAllBytes()).isEqualTo(BYTES);
    }
    assertThat(proxy.connections()).isBetween(8, 12);
  }

  @Test
  void read_noProgressAnyMore_givesUpAndSaysWhere() throws IOException {
    AtomicInteger count = new AtomicInteger();
    try (InputStream in = openThrough(() -> count.getAndIncrement() == 0 ? 500_000 : 2_000)) {
      assertThatThrownBy(in::readAllBytes)
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll("object k", "cannot be read on at byte");
    }
    assertThat(proxy.connections()).isLessThan(30);
  }

  @Test
  void read_objectReplacedMeanwhile_failsInsteadOfMixing() throws IOException {
    S3ObjectStore store = new S3ObjectStore(direct, "drops");
    try (InputStream in = openThrough(() -> 400_000)) {
      in.skipNBytes(1_000);
      store.write("k", new byte[3_000_000]);
      assertThatThrownBy(in::readAllBytes)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("replaced or removed");
    } finally {
      store.write("k", BYTES);
    }
  }

  @Test
  void close_earlyInALargeObject_doesNotReadTheRest() throws IOException {
    InputStream in = openThrough(() -> Long.MAX_VALUE);
    assertThat(in.read()).isEqualTo(BYTES[0] & 0xff);
    in.close();
    in.close();
    assertThatThrownBy(in::read).isInstanceOf(IOException.class);
  }
}
