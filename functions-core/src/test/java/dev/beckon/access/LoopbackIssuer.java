package dev.beckon.access;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** An OpenID Connect issuer on loopback: its two documents, and what was asked of it. */
final class LoopbackIssuer implements AutoCloseable {
  static final String DISCOVERY = "/realm/.well-known/openid-configuration";
  static final String KEYS = "/realm/keys";

  static final RsaJsonWebKey RSA = rsa();

  /** Somebody else's, under the same name. */
  static final RsaJsonWebKey STRANGER = rsa();

  static final PublicJsonWebKey CURVE = curve();

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
    publish(RSA, CURVE);
  }

  private static RsaJsonWebKey rsa() {
    try {
      RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
      key.setKeyId("r1");
      key.setUse("sig");
      return key;
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PublicJsonWebKey curve() {
    try {
      PublicJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
      key.setKeyId("e1");
      return key;
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads its tokens. */
  Tokens tokens(Clock clock) {
    TokenIssuer known = new TokenIssuer(name(), "beckon");
    return new Tokens(known, new IssuerKeys(known, new IssuerSite(), clock), clock);
  }

  /** Claims that open a door for five minutes. */
  JwtClaims claims(Instant now) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(name());
    claims.setAudience("beckon");
    claims.setSubject("ada");
    claims.setExpirationTime(date(now.plusSeconds(300)));
    claims.setClaim("beckon_account", "hotel");
    claims.setClaim("scope", "openid beckon:read beckon.dispatch beckon:fly");
    return claims;
  }

  static NumericDate date(Instant at) {
    return NumericDate.fromMilliseconds(at.toEpochMilli());
  }

  static String signed(JwtClaims claims) {
    return signed(claims, "RS256", "r1", RSA.getPrivateKey());
  }

  static String signed(
      JwtClaims claims, String algorithm, @Nullable String kid, @Nullable Key key) {
    return signed(claims, algorithm, kid, key, head -> {});
  }

  static String signed(
      JwtClaims claims,
      String algorithm,
      @Nullable String kid,
      @Nullable Key key,
      Consumer<JsonWebSignature> head) {
    JsonWebSignature token = new JsonWebSignature();
    token.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
    token.setAlgorithmHeaderValue(algorithm);
    token.setKeyIdHeaderValue(kid);
    token.setPayload(claims.toJson());
    token.setKey(key);
    head.accept(token);
    try {
      return token.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
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
