package dev.beckon.otel;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An OpenTelemetry collector as far as one can be seen from here: takes traces at {@code
 * /v1/traces} and reads the fields of <a
 * href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto">their
 * protocol</a>.
 */
public final class Collector implements AutoCloseable {

  /** A span as it arrived; ids in hexadecimal digits, {@code error} empty where it did not fail. */
  public record Arrived(
      String trace,
      String id,
      String parent,
      String name,
      Map<String, String> about,
      String error) {}

  private final HttpServer server;
  private final List<byte[]> bodies = new CopyOnWriteArrayList<>();
  private final List<String> paths = new CopyOnWriteArrayList<>();
  private volatile int status = 200;

  public Collector() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          bodies.add(exchange.getRequestBody().readAllBytes());
          paths.add(exchange.getRequestURI().getPath());
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public void answer(int status) {
    this.status = status;
  }

  public List<String> paths() {
    return List.copyOf(paths);
  }

  /** Every byte that came. */
  public String raw() {
    StringBuilder all = new StringBuilder();
    bodies.forEach(body -> all.append(new String(body, StandardCharsets.ISO_8859_1)));
    return all.toString();
  }

  /** Every span that came, those that ended first coming first. */
  public List<Arrived> spans() {
    List<Arrived> spans = new ArrayList<>();
    for (byte[] body : bodies) {
      for (Field resource : fields(body, 1)) {
        for (Field scope : fields(resource.bytes(), 2)) {
          fields(scope.bytes(), 2).forEach(span -> spans.add(span(span.bytes())));
        }
      }
    }
    return spans;
  }

  private static Arrived span(byte[] span) {
    Map<String, String> about = new LinkedHashMap<>();
    for (Field pair : fields(span, 9)) {
      byte[] value = fields(pair.bytes(), 2).getFirst().bytes();
      about.put(text(pair.bytes(), 1), text(value, 1));
    }
    List<Field> state = fields(span, 15);
    boolean failed = !state.isEmpty() && !fields(state.getFirst().bytes(), 3).isEmpty();
    return new Arrived(
        hex(span, 1),
        hex(span, 2),
        hex(span, 4),
        text(span, 5),
        about,
        failed ? text(state.getFirst().bytes(), 2) : "");
  }

  private static String text(byte[] message, int number) {
    List<Field> found = fields(message, number);
    return found.isEmpty() ? "" : new String(found.getFirst().bytes(), StandardCharsets.UTF_8);
  }

  private static String hex(byte[] message, int number) {
    List<Field> found = fields(message, number);
    return found.isEmpty() ? "" : HexFormat.of().formatHex(found.getFirst().bytes());
  }

  private record Field(int number, byte[] bytes) {}

  /** The fields of a protobuf message with this number. */
  private static List<Field> fields(byte[] message, int wanted) {
    List<Field> found = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      int tag = (int) varint(in);
      byte[] bytes =
          switch (tag & 7) {
            case 0 -> Long.toString(varint(in)).getBytes(StandardCharsets.US_ASCII);
            case 1 -> take(in, 8);
            case 2 -> take(in, (int) varint(in));
            case 5 -> take(in, 4);
            default -> throw new IllegalArgumentException("wire type " + (tag & 7));
          };
      if (tag >>> 3 == wanted) {
        found.add(new Field(wanted, bytes));
      }
    }
    return found;
  }

  private static byte[] take(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
