package dev.beckon.local.functions;

import com.azure.core.util.BinaryData;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loopback port that has HTTP functions answer, as Azure's host and the front end before it do:
 * the first of those whose route takes a request, in the order of their names.
 * There are no function keys here, so whatever asks for one is refused. Thread-safe.
 */
final class HttpListener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);

  /** Bytes; Azure's limit unless the app's settings say otherwise. */
  private static final int LARGEST_BODY = 104_857_600;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Door> doors = new ArrayList<>();
  private final Invoker invoker;

  private record Door(Route route, AppFunction function) {}

  private record Hit(Door door, Map<String, String> parameters) {}

  /** Listens when started; port 0 takes a free one. */
  HttpListener(int port, Invoker invoker) {
    this.invoker = invoker;
    try {
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
    } catch (IOException e) {
      throw new UncheckedIOException("port " + port + " of this machine is taken", e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
  }

  void add(AppFunction function, String prefix) {
    doors.add(new Door(Route.of(function.name(), prefix, function.trigger()), function));
  }

  void start() {
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod().toUpperCase(Locale.ROOT);
      String path = RequestPath.of(exchange.getRequestURI().getRawPath());
      Hit hit = find(method, path);
      if (hit == null) {
        answer(exchange, 404, new byte[0]);
      } else if (!hit.door().route().anonymous()) {
        answer(exchange, 401, new byte[0]);
      } else {
        invoke(exchange, hit, method, path);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("event=http_failed", e);
    }
  }

  private @Nullable Hit find(String method, String path) {
    for (Door door : doors) {
      var parameters = door.route().match(method, path);
      if (parameters.isPresent()) {
        return new Hit(door, parameters.get());
      }
    }
    return null;
  }

  private void invoke(HttpExchange exchange, Hit hit, String method, String path)
      throws IOException, InterruptedException {
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      answer(exchange, 413, new byte[0]);
      return;
    }
    Map<String, String> headers = headers(exchange);
    String query = exchange.getRequestURI().getRawQuery();
    Map<String, String> parameters = query(query);
    HttpInput request =
        new HttpInput(
            method,
            "http://"
                + Objects.requireNonNullElse(headers.get("host"), "localhost")
                + path
                + (query == null ? "" : "?" + query),
            headers,
            parameters,
            body(headers, body));
    Map<String, Input> metadata = new HashMap<>();
    parameters.forEach((name, value) -> metadata.put(name, new Input.Text(value)));
    hit.parameters().forEach((name, value) -> metadata.put(name, new Input.Text(value)));
    Invoker.Outcome outcome =
        invoker.invoke(
            hit.door().function(),
            new Invocation(
                UUID.randomUUID().toString(),
                request,
                metadata,
                headers.getOrDefault("traceparent", Invocation.newTrace())));
    switch (outcome) {
      case Invoker.Outcome.Done done -> reply(exchange, done.result());
      case Invoker.Outcome.Failed failed -> answer(exchange, 500, new byte[0]);
      case Invoker.Outcome.TimedOut late -> {
        answer(exchange, 500, new byte[0]);
        invoker.timedOut();
      }
    }
  }

  /** A request that does not say how long its body is has none, as far as a function can see. */
  private static Input body(Map<String, String> headers, byte[] body) {
    if (!headers.containsKey("content-length") || body.length == 0) {
      return Input.Nothing.NOTHING;
    }
    String type = headers.getOrDefault("content-type", "").toLowerCase(Locale.ROOT).strip();
    if (type.startsWith("application/octet-stream") || type.startsWith("multipart/")) {
      return new Input.Bytes(BinaryData.fromBytes(body));
    }
    String text = new String(body, StandardCharsets.UTF_8);
    return new Input.Text(text.startsWith("\ufeff") ? text.substring(1) : text);
  }

  private static Map<String, String> headers(HttpExchange exchange) {
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    InetSocketAddress from = exchange.getRemoteAddress();
    headers.merge(
        "x-forwarded-for",
        from.getAddress().getHostAddress() + ":" + from.getPort(),
        (before, last) -> before + ", " + last);
    return headers;
  }

  private static Map<String, String> query(@Nullable String raw) {
    Map<String, String> parameters = new TreeMap<>();
    if (raw != null) {
      for (String pair : raw.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0 && equals < pair.length() - 1) {
          parameters.merge(
              decoded(pair.substring(0, equals)),
              decoded(pair.substring(equals + 1)),
              (one, other) -> one + "," + other);
        }
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static void reply(HttpExchange exchange, AppFunction.Result result) throws IOException {
    if (!(result.returned() instanceof HttpInput.Response response)) {
      answer(exchange, result.returned() == null ? 204 : 500, new byte[0]);
      return;
    }
    response.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    Object content = response.getBody();
    boolean typed = exchange.getResponseHeaders().containsKey("Content-Type");
    byte[] body =
        switch (content) {
          case null -> new byte[0];
          case byte[] bytes -> bytes;
          case String text -> text.getBytes(StandardCharsets.UTF_8);
          default -> json(content);
        };
    if (!typed && content != null) {
      exchange
          .getResponseHeaders()
          .set(
              "Content-Type",
              content instanceof byte[]
                  ? "application/octet-stream"
                  : content instanceof String
                      ? "text/plain; charset=utf-8"
                      : "application/json; charset=utf-8");
    }
    answer(exchange, response.getStatusCode(), body);
  }

  private static byte[] json(Object content) {
    try {
      return new JsonMapper().writeValueAsBytes(content);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a body cannot be written as JSON", e);
    }
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (head && body.length > 0) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
    }
    boolean none = head || body.length == 0 || status == 204 || status == 304;
    exchange.sendResponseHeaders(status, none ? -1 : body.length);
    if (!none) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(1);
    threads.close();
  }
}
