package dev.beckon.local.servers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The far end of the simulator vendor: {@code POST /messages} with {@code
 * {"messages":[{"reference":"…"}]}} counts each reference in a {@link Ledger} and answers {@code
 * {"accepted":n}}. Other fields are ignored. Bodies are bounded to 16 MB. Thread-safe.
 */
public final class SimulatorSink implements AutoCloseable {

  private static final int LARGEST_BODY = 16 << 20;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Ledger ledger = new Ledger();
  private final JsonFactory json =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(20).build())
          .build();

  private SimulatorSink(HttpServer server) {
    this.server = server;
    server.createContext("/messages", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  /** On a free port of loopback. */
  public static SimulatorSink start() {
    return start(0);
  }

  /**
   * Returns once requests are answered.
   *
   * @param port of loopback; 0 takes a free one
   */
  public static SimulatorSink start(int port) {
    // read once by the JDK; without it each answer waits 40 ms for the client's delayed ACK
    System.setProperty("sun.net.httpserver.nodelay", "true");
    try {
      return new SimulatorSink(
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where to post to. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/messages");
  }

  public Ledger ledger() {
    return ledger;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("POST")) {
        reply(exchange, 405, "{\"error\":\"POST only\"}");
        return;
      }
      byte[] body;
      try (InputStream in = exchange.getRequestBody()) {
        body = in.readNBytes(LARGEST_BODY + 1);
      }
      if (body.length > LARGEST_BODY) {
        reply(exchange, 413, "{\"error\":\"body over 16 MB\"}");
        return;
      }
      List<String> references;
      try {
        references = references(body);
      } catch (IOException malformed) {
        reply(exchange, 400, "{\"error\":\"not the JSON expected\"}");
        return;
      }
      references.forEach(ledger::accepted);
      reply(exchange, 200, "{\"accepted\":" + references.size() + "}");
    }
  }

  /** Reads all before anything is counted: half a body counts nothing. */
  private List<String> references(byte[] body) throws IOException {
    List<String> references = new ArrayList<>();
    try (JsonParser parser = json.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not an object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean messages = parser.currentName().equals("messages");
        JsonToken value = parser.nextToken();
        if (!messages || value != JsonToken.START_ARRAY) {
          parser.skipChildren();
          continue;
        }
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          references.add(reference(parser));
        }
      }
    }
    return references;
  }

  private static String reference(JsonParser parser) throws IOException {
    String reference = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = parser.currentName().equals("reference");
      if (parser.nextToken() == JsonToken.VALUE_STRING && wanted) {
        reference = parser.getText();
      } else {
        parser.skipChildren();
      }
    }
    if (reference == null) {
      throw new IOException("a message without reference");
    }
    return reference;
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
