package dev.beckon.azure.platform;

import com.azure.core.credential.AccessToken;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.MGF1ParameterSpec;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import reactor.core.publisher.Mono;

/**
 * As much of Azure Key Vault's REST protocol as is used, on loopback: the challenge for a token,
 * secrets, and keys of several versions that wrap by RSA-OAEP-256. Its clients call {@link #VAULT}
 * over HTTPS, which their HTTP client leads here.
 */
final class VaultService implements AutoCloseable {
  static final URI VAULT = URI.create("https://beckon-test.vault.azure.net");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOKEN = "a-token-of-tests";

  /** What the vault refuses a call with. */
  static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int status;
    private final String code;
    private final String inner;

    Refusal(int status, String code, String inner) {
      super(code);
      this.status = status;
      this.code = code;
      this.inner = inner;
    }
  }

  private final HttpServer server;
  private final Map<String, List<KeyPair>> keys = new ConcurrentHashMap<>();
  final Map<String, String> values = new ConcurrentHashMap<>();
  final Set<String> disabled = ConcurrentHashMap.newKeySet();
  final Set<String> denied = ConcurrentHashMap.newKeySet();

  /** Calls with a token, in their order, such as {@code GET secrets/mail}. */
  final List<String> calls = new CopyOnWriteArrayList<>();

  /** What tokens were asked for. */
  final List<String> scopes = new CopyOnWriteArrayList<>();

  /** While it is set, every call is refused so. */
  volatile Refusal outage;

  VaultService() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  /** Clients whose calls of the vault end here. */
  AzureClients clients() {
    HttpClient here = new Here(AzureClients.http(Duration.ofSeconds(5)));
    return new AzureClients(
        here,
        here,
        request -> {
          scopes.addAll(request.getScopes());
          return Mono.just(new AccessToken(TOKEN, OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)));
        },
        null);
  }

  private final class Here implements HttpClient {
    private final HttpClient client;

    Here(HttpClient client) {
      this.client = client;
    }

    private HttpRequest led(HttpRequest request) {
      if (!request.getUrl().toString().startsWith(VAULT.toString())) {
        throw new IllegalStateException("not of the vault: " + request.getUrl().getHost());
      }
      String place = "http://127.0.0.1:" + server.getAddress().getPort();
      return request.copy().setUrl(place + request.getUrl().getFile());
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
      return client.send(led(request));
    }

    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
      return client.sendSync(led(request), context);
    }
  }

  /** Makes a key, or the next version of it; its identifier without a version. */
  String key(String name) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      keys.computeIfAbsent(name, any -> new ArrayList<>()).add(generator.generateKeyPair());
      return VAULT + "/keys/" + name;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  void delete(String name) {
    keys.remove(name);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String said = exchange.getRequestHeaders().getFirst("Authorization");
      if (!("Bearer " + TOKEN).equals(said)) {
        exchange
            .getResponseHeaders()
            .set(
                "WWW-Authenticate",
                "Bearer authorization=\"https://login.microsoftonline.com/"
                    + "00000000-0000-0000-0000-000000000000\", resource=\"https://vault.azure.net\"");
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      int status = 200;
      ObjectNode answer;
      String[] path = exchange.getRequestURI().getPath().substring(1).split("/", -1);
      try {
        calls.add(exchange.getRequestMethod() + " " + path[0] + "/" + path[1]);
        if (outage != null) {
          throw outage;
        }
        answer =
            path[0].equals("secrets")
                ? secret(path[1])
                : wrapping(path[1], path[2], path[3], JSON.readTree(body));
      } catch (Refusal e) {
        status = e.status;
        answer = JSON.createObjectNode();
        ObjectNode error = answer.putObject("error").put("code", e.code).put("message", e.code);
        error.putObject("innererror").put("code", e.inner);
      }
      byte[] bytes = JSON.writeValueAsBytes(answer);
      exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private ObjectNode secret(String name) {
    if (!name.matches("[0-9a-zA-Z-]{1,127}")) {
      throw new Refusal(400, "BadParameter", "");
    }
    if (denied.contains(name)) {
      throw new Refusal(403, "Forbidden", "ForbiddenByRbac");
    }
    if (disabled.contains(name)) {
      throw new Refusal(403, "Forbidden", "SecretDisabled");
    }
    String value = values.get(name);
    if (value == null) {
      throw new Refusal(404, "SecretNotFound", "");
    }
    ObjectNode answer = JSON.createObjectNode().put("value", value);
    answer.put("id", VAULT + "/secrets/" + name + "/0123456789abcdef0123456789abcdef");
    answer.putObject("attributes").put("enabled", true);
    return answer;
  }

  private ObjectNode wrapping(String name, String version, String operation, JsonNode request) {
    List<KeyPair> versions = keys.get(name);
    if (versions == null) {
      throw new Refusal(404, "KeyNotFound", "");
    }
    if (!request.path("alg").asText().equals("RSA-OAEP-256")) {
      throw new Refusal(400, "BadParameter", "");
    }
    int number = version.isEmpty() ? versions.size() : Integer.parseInt(version, 16);
    byte[] value = Base64.getUrlDecoder().decode(request.path("value").asText());
    byte[] result = crypt(operation, versions.get(number - 1), value);
    return JSON.createObjectNode()
        .put("kid", String.format("%s/keys/%s/%032x", VAULT, name, number))
        .put("value", Base64.getUrlEncoder().withoutPadding().encodeToString(result));
  }

  private static byte[] crypt(String operation, KeyPair pair, byte[] value) {
    boolean wrap = operation.equals("wrapkey");
    try {
      Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
      cipher.init(
          wrap ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE,
          wrap ? pair.getPublic() : pair.getPrivate(),
          new OAEPParameterSpec(
              "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
      return cipher.doFinal(value);
    } catch (GeneralSecurityException e) {
      throw new Refusal(400, "BadParameter", "");
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
