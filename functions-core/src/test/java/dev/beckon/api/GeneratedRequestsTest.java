package dev.beckon.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.Plant;
import dev.beckon.web.RawRequest;
import dev.beckon.web.WebReply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Requests made of the OpenAPI document are answered as it says. {@code -Dbeckon.fuzz.seed} and
 * {@code -Dbeckon.api.requests} choose others.
 */
class GeneratedRequestsTest {
  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SEED = Long.getLong("beckon.fuzz.seed", 20_261_122L);
  private static final int REQUESTS = Integer.getInteger("beckon.api.requests", 5_000);

  /** Names under which replies give ids that later requests may ask for. */
  private static final List<String> IDS = List.of("batch", "invitation", "import", "key", "id");

  private static final int REMEMBERED = 40;

  private final Map<String, List<String>> known = new HashMap<>();

  @Test
  void answer_generatedRequests_areAnsweredAsDescribed() throws Exception {
    try (Plant plant = MONGO.plant()) {
      plant.application.configure(Plant.ACCOUNT);
      WebDoor door = plant.application.webDoor();
      ObjectNode document =
          (ObjectNode) JSON.readTree(door.answer(RawRequest.of("GET", "/openapi.json")).body());
      SchemaCheck schemas = new SchemaCheck(document);
      GeneratedRequests requests =
          new GeneratedRequests(document, door.routes().endpoints(), known, List.of("nobody's"));
      Map<String, Integer> outcomes = new TreeMap<>();
      for (int number = 0; number < REQUESTS; number++) {
        GeneratedRequests.Generated made = requests.next(new Random(SEED * 1_000_003 + number));
        WebReply reply = door.answer(made.request());
        String about = "request " + number + " of seed " + SEED + ": ";
        assertThat(problems(made, reply, schemas, document))
            .as(() -> about + made + "\n" + reply)
            .isEmpty();
        outcomes.merge(made.endpoint().name() + " " + reply.status(), 1, Integer::sum);
        remember(reply);
        if (number % 50 == 0) {
          plant.runQueues();
        }
      }
      assertThat(outcomes).isNotEmpty();
    }
  }

  private static List<String> problems(
      GeneratedRequests.Generated made, WebReply reply, SchemaCheck schemas, ObjectNode document)
      throws Exception {
    List<String> problems = new ArrayList<>();
    if (reply.status() >= 500) {
      problems.add("status " + reply.status());
    }
    JsonNode responses = made.operation().path("responses");
    JsonNode response =
        responses.path(responses.has("" + reply.status()) ? "" + reply.status() : "default");
    if (!responses.has("" + reply.status()) && reply.status() < 400) {
      problems.add("status " + reply.status() + " is not described");
    }
    if (response.has("$ref")) {
      response = document.at(response.path("$ref").asText().substring(1));
    }
    String type = reply.contentType().split(";", 2)[0];
    JsonNode content = response.path("content").path(type);
    if (content.isMissingNode() && !reply.body().isEmpty()) {
      problems.add("a body of type " + type + " is not described");
    } else if (type.endsWith("json") && !reply.body().isEmpty()) {
      problems.addAll(schemas.problems(content.path("schema"), JSON.readTree(reply.body())));
    }
    return problems;
  }

  private void remember(WebReply reply) throws Exception {
    if (reply.status() < 300 && reply.contentType().equals("application/json")) {
      JsonNode body = JSON.readTree(reply.body());
      for (String name : IDS) {
        for (JsonNode id : body.findValues(name)) {
          List<String> ids = known.computeIfAbsent(name, any -> new ArrayList<>());
          if (id.isTextual() && ids.size() < REMEMBERED) {
            ids.add(id.asText());
          }
        }
      }
    }
  }
}
