package dev.beckon.local.cloud;

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

/**
 * A port that has requests answered by the core, wherever that runs. Believes no header that names
 * another sender: nothing stands in front of it.
 */
final class HttpDoor implements AutoCloseable {
  /** Connections that wait to be taken. */
  private static final int BACKLOG = 1_024;

  /**
   * Read by the JDK when the first of its servers in a process starts. Answers go out at once, not
   * after 40 ms; heads are bounded at what the core refuses a little earlier by name; whoever sends
   * or reads too slowly is cut off; a body that was refused unread is taken all the same, up to
   * what API Gateway takes, or its sender would see a broken connection instead of the reason.
   */
  private static final Map<String, String> LIMITS =
      Map.of(
          "sun.net.httpserver.nodelay", "true",
          "sun.net.httpserver.maxReqHeaders", "100",
          "sun.net.httpserver.maxReqHeaderSize", "65536",
          "sun.net.httpserver.maxReqTime", "60",
          "sun.net.httpserver.maxRspTime", "120",
          "sun.net.httpserver.maxIdleConnections", "1000",
          "sun.net.httpserver.drainAmount", "10485760",
          "jdk.httpserver.maxConnections", "4000");

  private final HttpServer server;
  private final String host;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile @Nullable Function<RawRequest, WebReply> answers;

  private HttpDoor(HttpServer server, String host) {
    this.server = server;
    this.host = host;
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  /** Sets what is read when the first server of the process starts. */
  static void limits() {
    LIMITS.forEach((name, value) -> System.getProperties().putIfAbsent(name, value));
  }

  /**
   * Listens at once; answers 503 until it {@link #opens}.
   *
   * @param address of this machine
   * @param port 0 takes a free one
   */
  static HttpDoor start(InetAddress address, int port) {
    limits();
    try {
      return new HttpDoor(
          HttpServer.create(new InetSocketAddress(address, port), BACKLOG), host(address));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An address that means all of them is no place to go to. */
  private static String host(InetAddress address) {
    if (address.isAnyLocalAddress()) {
      return "127.0.0.1";
    }
    String text = address.getHostAddress();
    return text.contains(":") ? "[" + text + "]" : text;
  }

  URI url() {
    return URI.create("http://" + host + ":" + server.getAddress().getPort());
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
      reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      if (reply.status() != 204) {
        exchange.getResponseHeaders().set("Content-Type", reply.contentType());
      }
      // to the JDK 0 means an unknown length, and -1 none
      exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
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
