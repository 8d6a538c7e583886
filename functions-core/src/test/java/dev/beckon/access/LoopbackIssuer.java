package dev.beckon.access;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;

/** An OpenID Connect issuer on loopback: its two documents, and what was asked of it. */
final class LoopbackIssuer implements AutoCloseable {
  static final String DISCOVERY = "/realm/.well-known/openid-configuration";
  static final String KEYS = "/realm/keys";

  private record Page(int status, String body, Map<String, String> headers) {}

  private final HttpServer server;
  private final Map<String, Page> pages = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  LoopbackIssuer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          asked.add(path);
          Page page = pages.getOrDefault(path, new Page(404, "", Map.of()));
          byte[] body = page.body().getBytes(StandardCharsets.UTF_8);
          page.headers().forEach(exchange.getResponseHeaders()::set);
          exchange.sendResponseHeaders(page.status(), body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    serve(DISCOVERY, "{\"issuer\": \"" + name() + "\", \"jwks_uri\": \"" + address(KEYS) + "\"}");
  }

  /** As its tokens name it. */
  String name() {
    return address("/realm");
  }

  String address(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  void publish(JsonWebKey... keys) {
    serve(KEYS, new JsonWebKeySet(keys).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY));
  }

  void serve(String path, String body) {
    pages.put(path, new Page(200, body, Map.of()));
  }

  void answer(String path, int status, Map<String, String> headers) {
    pages.put(path, new Page(status, "", headers));
  }

  /** How often a path was asked for. */
  long asked(String path) {
    return asked.stream().filter(path::equals).count();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
