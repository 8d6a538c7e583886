package dev.beckon.aws;

import static dev.beckon.aws.HandlersBed.JSON;
import static dev.beckon.aws.HandlersBed.call;
import static dev.beckon.aws.HandlersBed.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.bed.MongoHost;
import dev.beckon.web.RawRequest;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
