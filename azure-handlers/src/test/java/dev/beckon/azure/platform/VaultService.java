package dev.beckon.azure.platform;

import com.azure.core.credential.AccessToken;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.beckon.bed.CloudService;
import java.io.IOException;
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
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import reactor.core.publisher.Mono;

/**
 * As much of Azure Key Vault's REST protocol as is used, on loopback: the challenge for a token,
 * secrets, and keys of several versions that wrap by RSA-OAEP-256. Its clients call {@link #VAULT}
 * over HTTPS, which their HTTP client leads here. Kept are calls with a token, such as {@code GET
 * secrets/mail}.
 */
final class VaultService extends CloudService {
  static final URI VAULT = URI.create("https://beckon-test.vault.azure.net");

  private static final String TOKEN = "a-token-of-tests";

  private static final List<KeyPair> PAIRS = new ArrayList<>();

  private final Map<String, List<KeyPair>> keys = new ConcurrentHashMap<>();
  private int made;
  final Map<String, String> values = new ConcurrentHashMap<>();
  final Set<String> disabled = ConcurrentHashMap.newKeySet();
  final Set<String> denied = ConcurrentHashMap.newKeySet();

  /** What tokens were asked for. */
  final List<String> scopes = new CopyOnWriteArrayList<>();

  VaultService() throws IOException {}

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
      return request.copy().setUrl(endpoint() + request.getUrl().getFile());
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

  /** Made once for all tests: a pair takes up to a second, and no two keys of a vault share one. */
  private static KeyPair pair(int number) throws GeneralSecurityException {
    synchronized (PAIRS) {
      while (PAIRS.size() <= number) {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        PAIRS.add(generator.generateKeyPair());
      }
      return PAIRS.get(number);
    }
  }

  /** Makes a key, or the next version of it; its identifier without a version. */
  String key(String name) {
    try {
      keys.computeIfAbsent(name, any -> new ArrayList<>()).add(pair(made++));
      return VAULT + "/keys/" + name;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  void delete(String name) {
    keys.remove(name);
  }

  @Override
  protected ObjectNode answer(HttpExchange exchange, JsonNode request) {
    String said = exchange.getRequestHeaders().getFirst("Authorization");
    if (!("Bearer " + TOKEN).equals(said)) {
      exchange
          .getResponseHeaders()
          .set(
              "WWW-Authenticate",
              "Bearer authorization=\"https://login.microsoftonline.com/"
                  + "00000000-0000-0000-0000-000000000000\", resource=\"https://vault.azure.net\"");
      throw new Refusal(401, "Unauthorized", "");
    }
    String[] path = exchange.getRequestURI().getPath().substring(1).split("/", -1);
    called(exchange.getRequestMethod() + " " + path[0] + "/" + path[1]);
    return path[0].equals("secrets")
        ? secret(path[1])
        : wrapping(path[1], path[2], path[3], request);
  }

  @Override
  protected ObjectNode answer(Refusal refusal) {
    ObjectNode answer = JSON.createObjectNode();
    ObjectNode error = answer.putObject("error");
    error.put("code", refusal.code).put("message", refusal.code);
    error.putObject("innererror").put("code", refusal.detail);
    return answer;
  }

  @Override
  protected String contentType() {
    return "application/json; charset=utf-8";
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
}
