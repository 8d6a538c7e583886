package dev.beckon.local.canary;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A MessageBird that refuses one number by repeating the whole request, and keeps apart what
 * proxies and access logs see from what only it sees. Thread-safe.
 */
final class EchoingTextVendor implements AutoCloseable {
  private static final String ACCEPTED =
      "{\"id\":\"b1\",\"recipients\":{\"totalCount\":1,\"items\":[{\"status\":\"sent\"}]}}";

  private final HttpServer server;
  private final String refused;
  private final Queue<String> heads = new ConcurrentLinkedQueue<>();
  private final Queue<String> bodies = new ConcurrentLinkedQueue<>();

  EchoingTextVendor(String refused) throws IOException {
    this.refused = refused;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.createContext("/", this::answer);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/messages");
  }

  /** Request lines and headers. */
  String heads() {
    return String.join("\n", heads);
  }

  String bodies() {
    return String.join("\n", bodies);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String text = new String(body, StandardCharsets.UTF_8);
      heads.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      exchange.getRequestHeaders().forEach((name, values) -> heads.add(name + ": " + values));
      bodies.add(text);
      boolean bad = text.contains(refused.substring(1)); // numbers come without their plus
      byte[] reply = (bad ? refusal(text) : ACCEPTED).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(bad ? 400 : 201, reply.length);
      exchange.getResponseBody().write(reply);
    }
  }

  private static String refusal(String request) {
    ObjectNode reply = JsonMapper.builder().build().createObjectNode();
    reply.putArray("errors").addObject().put("code", 21).put("description", request);
    return reply.toString();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
