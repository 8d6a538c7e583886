package dev.beckon.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** What a reader is told when the bytes on the wire are not those that were stored. */
class ReadIntegrityTest {
  private static final int CUT = 700_000;

  private final byte[] bytes = new byte[2_000_000];
  private final List<String> ranges = new CopyOnWriteArrayList<>();
  private boolean checksum = true;
  private boolean damages;
  private boolean ignoresRanges;
  private HttpServer server;
  private S3Client client;

  @BeforeEach
  void start() throws IOException {
    new Random(2).nextBytes(bytes);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/drops/k", this::get);
    server.start();
    client = LocalS3.client(server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  /** The first answer breaks off; the second gives the rest. */
  private void get(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    exchange.getResponseHeaders().set("ETag", "\"one\"");
    if (range == null || ignoresRanges) {
      if (checksum) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        exchange.getResponseHeaders().set("x-amz-checksum-crc32", WholeChecksum.base64(crc));
        exchange.getResponseHeaders().set("x-amz-checksum-type", "FULL_OBJECT");
      }
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes, 0, CUT);
      exchange.getResponseBody().flush();
      exchange.close(); // fewer bytes than announced: the connection is cut
      return;
    }
    ranges.add(range + " if " + exchange.getRequestHeaders().getFirst("If-Match"));
    int from = Integer.parseInt(range.substring("bytes=".length(), range.indexOf('-')));
    byte[] rest = Arrays.copyOfRange(bytes, from, bytes.length);
    if (damages) {
      rest[rest.length / 2] ^= 1;
    }
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
    exchange.sendResponseHeaders(206, rest.length);
    exchange.getResponseBody().write(rest);
    exchange.close();
  }

  private byte[] read() throws IOException {
    try (InputStream in = new S3ObjectStore(client, "drops").read("k").orElseThrow()) {
      return in.readAllBytes();
    }
  }

  @Test
  void read_brokenOff_goesOnInTheSameContent() throws IOException {
    assertThat(read()).isEqualTo(bytes);
    assertThat(ranges).hasSize(1);
    assertThat(ranges.getFirst()).startsWith("bytes=").endsWith("-1999999 if \"one\"");
  }

  @Test
  void read_byteFlippedAfterTheBreak_isNotTakenForTheObject() {
    damages = true;

    assertThatThrownBy(this::read)
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("object k", "arrived damaged");
  }

  @Test
  void read_noChecksumKept_readsToTheEnd() throws IOException {
    checksum = false;

    assertThat(read()).isEqualTo(bytes);
  }

  @Test
  void read_serverBeginsAnewInsteadOfReadingOn_failsInsteadOfRepeating() {
    ignoresRanges = true;

    assertThatThrownBy(this::read)
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("object k", "cannot be read on");
  }
}
