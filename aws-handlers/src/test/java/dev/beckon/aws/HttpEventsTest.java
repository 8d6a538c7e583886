package dev.beckon.aws;

import static dev.beckon.aws.HandlersBed.JSON;
import static dev.beckon.aws.HandlersBed.call;
import static dev.beckon.aws.HandlersBed.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.bed.MongoHost;
import dev.beckon.web.RawRequest;
import dev.beckon.web.RequestReader;
import dev.beckon.web.UnreadableRequestException;
import dev.beckon.web.WebRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpEventsTest {
  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private static ObjectNode parsed(String name) throws IOException {
    return (ObjectNode) JSON.readTree(event(name));
  }

  @Test
  void request_httpApi_keepsHeadersCookiesQueryAndSource() throws Exception {
    RawRequest request = HttpEvents.request(parsed("http-api.json"));

    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.query()).isEqualTo("utm=mail&utm=two%20words&plus=a+b%2Bc");
    assertThat(request.headers())
        .contains(Map.entry("x-forwarded-proto", "https"), Map.entry("cookie", "a=1; b=2"));
    assertThat(request.source()).isEqualTo("192.0.2.1");
    assertThat(request.id()).isEqualTo("JKJaXmPLvHcESHA=");
    assertThat(request.body().read(0)).isEmpty();
    assertThat(request.toString()).doesNotContain("192.0.2.1", "/u/");
  }

  @ParameterizedTest
  @CsvSource({
    // an HTTP API has decoded it: what looks encoded was sent encoded twice
    "http-api-decoded.json, /v1/na%C3%AFve%20name%20%252F/..x",
    // a function URL has not
    "function-url.json, /v1/na%C3%AFve%20name",
    "http-api-stage.json, /u/AAAAAAAAAAAAAAAAAAAAAA",
    "http-api.json, /u/AAAAAAAAAAAAAAAAAAAAAA"
  })
  void request_path_isAsItWasSentAndWithoutStage(String name, String path) throws IOException {
    assertThat(HttpEvents.request(parsed(name)).path()).isEqualTo(path);
  }

  @Test
  void request_stageAlone_isTheRoot() throws IOException {
    ObjectNode event = parsed("http-api-stage.json");
    event.put("rawPath", "/live");

    assertThat(HttpEvents.request(event).path()).isEqualTo("/");
  }

  @Test
  void request_base64Body_isDecoded() throws Exception {
    assertThat(HttpEvents.request(parsed("http-api-post.json")).body().read(26))
        .asString()
        .isEqualTo("List-Unsubscribe=One-Click");
  }

  /** As the console of an API Gateway shows it of a client that compresses. */
  private static ObjectNode sent(
      String method, String path, Map<String, String> headers, byte[] body) throws IOException {
    ObjectNode event = parsed("http-api-post.json");
    event.put("rawPath", path);
    ((ObjectNode) event.path("requestContext").path("http")).put("method", method);
    ((ObjectNode) event.path("headers")).put("content-type", "application/json");
    headers.forEach(((ObjectNode) event.path("headers"))::put);
    return event.put("isBase64Encoded", true).put("body", Base64.getEncoder().encodeToString(body));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void request_compressedBody_isReadAsItWasWritten() throws Exception {
    WebRequest request =
        RequestReader.read(
            HttpEvents.request(
                sent(
                    "POST",
                    "/v1/dispatches/stay/invitations",
                    Map.of("content-encoding", "gzip", "idempotency-key", "order-4711"),
                    gzip("{\"invitations\": [\"ü\"]}"))));

    assertThat(request.read(100).text()).isEqualTo("{\"invitations\": [\"ü\"]}");
    assertThat(request.header("idempotency-key")).contains("order-4711");
  }

  @Test
  void request_compressedBomb_isRefusedWithinItsBound() throws Exception {
    WebRequest request =
        RequestReader.read(
            HttpEvents.request(
                sent(
                    "POST",
                    "/v1/dispatches/stay/invitations",
                    Map.of("content-encoding", "gzip"),
                    gzip("0".repeat(5_000_000)))));

    assertThatThrownBy(() -> request.read(4_000_000))
        .isInstanceOfSatisfying(
            UnreadableRequestException.class, e -> assertThat(e.status()).isEqualTo(413));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH", "DELETE", "OPTIONS"})
  void request_otherMethods_keepTheirHeaders(String method) throws Exception {
    WebRequest request =
        RequestReader.read(
            HttpEvents.request(
                sent(
                    method,
                    "/v1/dispatches/stay",
                    Map.of("if-match", "\"7\"", "origin", "https://console.example"),
                    new byte[0])));

    assertThat(request.method()).isEqualTo(method);
    assertThat(request.header("if-match")).contains("\"7\"");
    assertThat(request.header("origin")).contains("https://console.example");
    assertThat(request.read(0).length()).isZero();
  }

  /** A browser sends them along by itself: whoever took one for a proof could be used by a page. */
  @Test
  void answer_cookies_proveNothing() throws IOException {
    try (HandlersBed bed = new HandlersBed(MONGO)) {
      ObjectNode event = sent("GET", "/v1/batches", Map.of(), new byte[0]);
      event.putArray("cookies").add("Authorization=Bearer%20x").add("authorization=Bearer x");

      JsonNode reply = call(new HttpDoorHandler(bed.application), event.toString());

      assertThat(reply.path("statusCode").asInt()).isEqualTo(401);
      assertThat(reply.has("cookies")).isFalse();
      assertThat(reply.path("headers").has("Set-Cookie")).isFalse();
    }
  }

  @Test
  void answer_badBodiesAndHead_areAnsweredAndNeverThrown() throws IOException {
    try (HandlersBed bed = new HandlersBed(MONGO)) {
      HttpDoorHandler handler = new HttpDoorHandler(bed.application);
      ObjectNode bad = parsed("http-api-post.json");
      bad.put("body", "%%%");
      ObjectNode large = parsed("http-api-post.json");
      large.put("body", "A".repeat(5_600_000));
      ObjectNode head = parsed("http-api.json");
      head.put("rawPath", "/healthz");
      ((ObjectNode) head.path("requestContext").path("http")).put("method", "HEAD");

      JsonNode refused = call(handler, bad.toString());
      assertThat(refused.path("statusCode").asInt()).isEqualTo(400);
      assertThat(refused.path("headers").path("Content-Type").asText())
          .isEqualTo("application/problem+json");
      assertThat(refused.path("headers").path("Strict-Transport-Security").asText())
          .isEqualTo("max-age=31536000");
      assertThat(refused.path("isBase64Encoded").asBoolean()).isFalse();
      assertThat(call(handler, large.toString()).path("statusCode").asInt()).isEqualTo(413);
      JsonNode headReply = call(handler, head.toString());
      assertThat(headReply.path("statusCode").asInt()).isEqualTo(200);
      assertThat(headReply.path("body").asText()).isEmpty();
    }
  }
}
