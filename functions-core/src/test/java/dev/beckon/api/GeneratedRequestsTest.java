package dev.beckon.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.access.KeyGrant;
import dev.beckon.access.KeyKind;
import dev.beckon.access.Scope;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.Plant;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.Recipient;
import dev.beckon.privacy.LinkSignatures;
import dev.beckon.privacy.RecipientHasher;
import dev.beckon.web.RawRequest;
import dev.beckon.web.WebReply;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
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

  private static final int MOST = KeyGrant.MOST_PER_MINUTE;
  private static final int REMEMBERED = 40;

  private final Map<String, List<String>> known =
      new HashMap<>(
          Map.of(
              "dispatch", new ArrayList<>(List.of("stay")),
              "vendor", new ArrayList<>(List.of("mail", "other")),
              "feed", new ArrayList<>(List.of("stays")),
              "language", new ArrayList<>(List.of("en", "de")),
              "channel", new ArrayList<>(List.of("email", "sms")),
              "email", new ArrayList<>(List.of("ada@example.org", "bob@example.org")),
              "recipient", new ArrayList<>(List.of("ada@example.org"))));

  @Test
  void answer_generatedRequests_areAnsweredAsDescribed() throws Exception {
    try (Plant plant = MONGO.plant()) {
      plant.application.configure(Plant.ACCOUNT);
      rememberAnImport(plant);
      WebDoor door = plant.application.webDoor();
      ObjectNode document =
          (ObjectNode) JSON.readTree(door.answer(RawRequest.of("GET", "/openapi.json")).body());
      SchemaCheck schemas = new SchemaCheck(document);
      GeneratedRequests requests =
          new GeneratedRequests(document, door.routes().endpoints(), known, credentials(plant));
      Map<String, Integer> outcomes = new TreeMap<>();
      for (int number = 0; number < REQUESTS; number++) {
        GeneratedRequests.Generated made = requests.next(new Random(SEED * 1_000_003 + number));
        WebReply reply = door.answer(made.request());
        String about = "request " + number + " of seed " + SEED + ": ";
        assertThat(problems(made, reply, schemas, document))
            .as(() -> about + made + "\n" + reply)
            .isEmpty();
        outcomes.merge(made.endpoint().name() + " " + reply.status(), 1, Integer::sum);
        remember(made.endpoint().name(), reply);
        if (number % 50 == 0) {
          plant.runQueues();
          plant.application.configure(Plant.ACCOUNT);
        }
      }
      // which ones is a matter of the seed and of drawn ids; a generator that guesses badly is not
      assertThat(succeeded(outcomes))
          .as("operations that succeeded at least once: " + outcomes)
          .hasSizeGreaterThan(door.routes().endpoints().size() * 3 / 4);
    }
  }

  /**
   * Keys that may do everything are the most; every request of a limited one would end at the door.
   */
  private static List<String> credentials(Plant plant) {
    RecipientHasher hasher = plant.application.hasher();
    Set<String> team = Set.copyOf(hasher.all(new Recipient(Channel.EMAIL, "ada@example.org")));
    Set<Scope> all = EnumSet.allOf(Scope.class);
    List<KeyGrant> grants =
        List.of(
            new KeyGrant("live", KeyKind.LIVE, all, Set.of(), MOST, null),
            new KeyGrant("live", KeyKind.LIVE, all, Set.of(), MOST, null),
            new KeyGrant("live", KeyKind.LIVE, all, Set.of(), MOST, null),
            new KeyGrant("test", KeyKind.TEST, all, Set.of(), MOST, null),
            new KeyGrant("team", KeyKind.TEAM, all, team, MOST, null),
            new KeyGrant("send", KeyKind.LIVE, Set.of(Scope.DISPATCH), Set.of(), MOST, null));
    List<String> credentials = new ArrayList<>();
    for (KeyGrant grant : grants) {
      credentials.add(plant.application.keys().issue("acme", grant, "test").text().reveal());
    }
    credentials.add("nobody's");
    return credentials;
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

  private static Set<String> succeeded(Map<String, Integer> outcomes) {
    return outcomes.keySet().stream()
        .filter(outcome -> outcome.matches(".* [23][0-9]{2}"))
        .map(outcome -> outcome.substring(0, outcome.indexOf(' ')))
        .collect(Collectors.toSet());
  }

  /** A file that was imported, and the links of its first row. */
  private void rememberAnImport(Plant plant) {
    plant.drop("stays/incoming/a.csv", "email,Vorname\nada@example.org,Ada\nnobody,Bob\n");
    plant.runQueues();
    String id = plant.application.stores().imports().newest(1).getFirst().id();
    Invitation first =
        plant.application.stores().invitations().load(List.of(Invitation.id(id, 2))).getFirst();
    know("import", id);
    know("batch", id);
    know("invitation", first.id());
    know("token", first.token());
    know("signature", signatures().of(first.token()));
  }

  /** As the plant makes them: its secrets are all the same. */
  private static LinkSignatures signatures() {
    SequencedMap<String, byte[]> keys = new LinkedHashMap<>();
    keys.put("k1", new byte[32]);
    return new LinkSignatures(keys);
  }

  private void remember(String operation, WebReply reply) throws Exception {
    if (reply.status() < 300 && reply.contentType().equals("application/json")) {
      JsonNode body = JSON.readTree(reply.body());
      switch (operation) {
        case "createInvitations" -> {
          know("batch", body.path("batch").asText());
          body.path("invitations").forEach(row -> know("invitation", row.path("id").asText()));
        }
        case "createKey" -> know("key", body.path("id").asText());
        default -> {}
      }
    }
  }

  private void know(String name, String value) {
    List<String> values = known.computeIfAbsent(name, any -> new ArrayList<>());
    if (!value.isEmpty() && values.size() < REMEMBERED) {
      values.add(value);
    }
  }
}
