package dev.beckon.aws.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * A server on loopback that speaks AWS's JSON protocol (X-Amz-Target, JSON both ways, errors by
 * {@code __type}), as Secrets Manager and KMS do.
 */
abstract class JsonService implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  /** What the service refuses a call with. */
  static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;
    final int status;
    final String code;

    Refusal(int status, String code, String message) {
      super(message);
      this.status = status;
      this.code = code;
    }
  }

  private final HttpServer server;

  /** Operations called, in their order. */
  final List<String> calls = new CopyOnWriteArrayList<>();

  /** While it is set, every call is refused so. */
  volatile Refusal outage;

  JsonService() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Answers one operation such as {@code GetSecretValue}. */
  protected abstract ObjectNode answer(String operation, JsonNode request);

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      String operation = target.substring(target.indexOf('.') + 1);
      calls.add(operation);
      JsonNode request = JSON.readTree(exchange.getRequestBody());
      int status = 200;
      ObjectNode answer;
      try {
        String signed = exchange.getRequestHeaders().getFirst("Authorization");
        if (signed == null || !signed.startsWith("AWS4-HMAC-SHA256 Credential=")) {
          throw new Refusal(400, "MissingAuthenticationTokenException", "not signed");
        }
        if (outage != null) {
          throw outage;
        }
        answer = answer(operation, request);
      } catch (Refusal e) {
        status = e.status;
        answer = JSON.createObjectNode().put("__type", e.code).put("message", e.getMessage());
      }
      byte[] body = JSON.writeValueAsBytes(answer);
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
      exchange.sendResponseHeaders(status, body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
