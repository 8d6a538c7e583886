package dev.beckon.local.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.beckon.web.RawBody;
import dev.beckon.web.RawRequest;
import dev.beckon.web.WebReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A loopback port that has requests answered by the core, wherever that runs. */
final class HttpDoor implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile @Nullable Function<RawRequest, WebReply> answers;

  private HttpDoor(HttpServer server) {
    this.server = server;
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  /** Listens at once; answers 503 until it {@link #opens}. */
  static HttpDoor start() {
    try {
      return new HttpDoor(
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Has requests answered from now on. */
  void opens(Function<RawRequest, WebReply> answering) {
    this.answers = answering;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Function<RawRequest, WebReply> open = answers;
      if (open == null) {
        exchange.sendResponseHeaders(503, -1);
        return;
      }
      WebReply reply = open.apply(raw(exchange));
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", reply.contentType());
      reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(reply.status(), head ? -1 : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private static RawRequest raw(HttpExchange exchange) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> values.forEach(value -> headers.add(Map.entry(name, value))));
    return new RawRequest(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getRawPath(),
        Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""),
        headers,
        RawBody.stream(exchange.getRequestBody()),
        exchange.getRemoteAddress().getAddress().getHostAddress(),
        UUID.randomUUID().toString());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
