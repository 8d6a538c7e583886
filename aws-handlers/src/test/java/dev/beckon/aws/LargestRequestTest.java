package dev.beckon.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.bed.MongoHost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The largest requests of the API and their replies stay below what <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda takes</a>:
 * what is larger would be cut off before us, without a word of ours.
 */
class LargestRequestTest {
  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  /** Of an event and of an answer. */
  private static final int LAMBDA = 6 * 1024 * 1024;

  private static final int ROWS = 10_000;

  /** A quote takes two bytes in the request, and four in the answer's JSON within JSON. */
  private static final String REFERENCE = "\\\"".repeat(80);

  private static final int LARGEST = 4 * 1024 * 1024;

  private HandlersBed bed;
  private HttpDoorHandler handler;

  @BeforeEach
  void start() {
    bed = new HandlersBed(MONGO);
    handler = new HttpDoorHandler(bed.application);
  }

  @AfterEach
  void stop() {
    bed.close();
  }

  /** As an HTTP API writes an event: a body that is JSON is a text, with its quotes escaped. */
  private String event(String body) throws IOException {
    ObjectNode event =
        (ObjectNode) HandlersBed.JSON.readTree(HandlersBed.event("http-api-post.json"));
    event.put("rawPath", "/v1/dispatches/stay/invitations");
    ((ObjectNode) event.path("headers"))
        .put("content-type", "application/json")
        .put("authorization", bed.key());
    return event.put("body", body).put("isBase64Encoded", false).toString();
  }

  private JsonNode answered(String event) throws IOException {
    assertThat(bytes(event)).isLessThan(LAMBDA);
    JsonNode reply = HandlersBed.call(handler, event);
    assertThat(bytes(reply.toString())).isLessThan(LAMBDA);
    return reply;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String rows(int rows, String address) {
    return IntStream.range(ROWS - rows, ROWS)
        .mapToObj(row ->
            "{\"reference\":\"%s%d\",\"recipients\":{\"email\":\"%s\"},\"fields\":{\"first_name\":\"Ada\"}}"
                .formatted(REFERENCE, row, address.formatted(row)))
        .collect(Collectors.joining(",", "{\"invitations\":[", "]}"));
  }

  /** A tenth of them, ten times as strictly: the embedded store takes minutes for all. */
  @Test
  void invitations_asManyAsThereMayBe_areTakenAndAnsweredWhole() throws IOException {
    String event = event(rows(ROWS / 10, "p%d@example.org"));

    JsonNode reply = HandlersBed.call(handler, event);

    assertThat(reply.path("statusCode").asInt()).isEqualTo(202);
    assertThat(HandlersBed.JSON.readTree(reply.path("body").asText()).path("invitations"))
        .hasSize(ROWS / 10);
    assertThat(10 * bytes(event)).isLessThan(LAMBDA);
    assertThat(10 * bytes(reply.toString())).isLessThan(LAMBDA);
  }

  @Test
  void invitations_allOfThemRefused_areAnsweredWithEachReason() throws IOException {
    JsonNode reply = answered(event(rows(ROWS, "nobody%d")));

    assertThat(reply.path("statusCode").asInt()).isEqualTo(422);
    assertThat(HandlersBed.JSON.readTree(reply.path("body").asText()).path("errors"))
        .hasSizeGreaterThanOrEqualTo(1);
  }

  @Test
  void body_aByteTooLarge_isRefusedByUsHoweverItIsWritten() throws IOException {
    String body = "{\"invitations\":[]}" + " ".repeat(LARGEST);
    ObjectNode base64 = (ObjectNode) HandlersBed.JSON.readTree(event(""));
    base64
        .put("isBase64Encoded", true)
        .put("body", Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)));

    for (String event : new String[] {event(body), base64.toString()}) {
      JsonNode reply = answered(event);
      assertThat(reply.path("statusCode").asInt()).isEqualTo(413);
      assertThat(reply.path("headers").path("Content-Type").asText())
          .isEqualTo("application/problem+json");
    }
  }
}
