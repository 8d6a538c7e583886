package dev.beckon.bed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A cloud's service on loopback, JSON both ways, that keeps what it was asked and may refuse. */
public abstract class CloudService implements AutoCloseable {
  protected static final ObjectMapper JSON = new ObjectMapper();

  /** What the service refuses a call with. */
  public static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;
    public final int status;
    public final String code;
    public final String detail;

    public Refusal(int status, String code, String detail) {
      super(code);
      this.status = status;
      this.code = code;
      this.detail = detail;
    }
  }

  private final HttpServer server;

  /** Calls in their order. */
  public final List<String> calls = new CopyOnWriteArrayList<>();

  /** While it is set, every call is refused so. */
  public volatile Refusal outage;

  @SuppressWarnings("this-escape") // nobody knows the port before there is a service
  protected CloudService() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  public final URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Answers one call, or throws a refusal. */
  protected abstract ObjectNode answer(HttpExchange exchange, JsonNode request);

  /** A refusal as the cloud writes it. */
  protected abstract ObjectNode answer(Refusal refusal);

  protected abstract String contentType();

  /** Keeps a call, and refuses it during an outage. */
  protected final void called(String call) {
    calls.add(call);
    if (outage != null) {
      throw outage;
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
      int status = 200;
      ObjectNode answer;
      try {
        answer = answer(exchange, request);
      } catch (Refusal refusal) {
        status = refusal.status;
        answer = answer(refusal);
      }
      byte[] body = JSON.writeValueAsBytes(answer);
      exchange.getResponseHeaders().set("Content-Type", contentType());
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public final void close() {
    server.stop(0);
  }
}
