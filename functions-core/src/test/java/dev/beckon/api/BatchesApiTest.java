package dev.beckon.api;

import static dev.beckon.api.BatchDoor.body;
import static dev.beckon.api.BatchDoor.bodyOf;
import static dev.beckon.api.BatchDoor.caller;
import static dev.beckon.api.BatchDoor.json;
import static dev.beckon.api.BatchDoor.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.access.KeyKind;
import dev.beckon.access.Scope;
import dev.beckon.account.TestTwin;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import dev.beckon.events.Event;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.Recipient;
import dev.beckon.parcel.Hint;
import dev.beckon.telemetry.Metric;
import dev.beckon.web.WebReply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchesApiTest {
  @RegisterExtension static final MongoHost HOST = new MongoHost();

  private World world;
  private BatchDoor door;

  @BeforeEach
  void start() {
    world = HOST.world();
    door = new BatchDoor(world);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  private JsonNode accepted(String body) {
    WebReply reply = door.post(BatchDoor.INVITATIONS, body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(202);
    return json(reply);
  }

  private Invitation first(JsonNode receipt) {
    return world.invitation(receipt.path("invitations").path(0).path("id").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7 | invitations[1] | not-object",
        "{\"recipients\":{\"email\":\"b@example.org\"},\"secret@x.org\":1} | invitations[1] | key-unknown",
        "{\"recipients\":{\"secret@x.org\":\"b\"}} | invitations[1].recipients | key-unknown",
        "{\"recipients\":[\"secret@x.org\"]} | invitations[1].recipients | not-object",
        "{\"recipients\":{\"sms\":491712345678}} | invitations[1].recipients.sms | not-text",
        "{\"recipients\":{\"email\":\"secret\"}} | invitations[1].recipients.email | email-no-at",
        "{\"recipients\":{\"sms\":\"0171 2345678\"}} | invitations[1].recipients.sms | phone-no-country",
        "{\"recipients\":{\"sms\":\"0171 2345678\"},\"country\":\"Germany\"} | invitations[1].country | country-unknown",
        "{\"recipients\":{\"voice\":\"+4930901820\"}} | invitations[1].recipients | address-missing",
        "{} | invitations[1].recipients | address-missing",
        "{\"recipients\":{\"email\":\"b@example.org\"},\"fields\":{\"first_name\":[\"secret\"]}} | invitations[1].fields | not-text",
        "{\"recipients\":{\"email\":\"b@example.org\"},\"fields\":{\"first_name\":10.50}} | invitations[1].fields | not-text",
        "{\"recipients\":{\"email\":\"b@example.org\"},\"fields\":\"secret\"} | invitations[1].fields | not-object",
        "{\"recipients\":{\"email\":\"b@example.org\"},\"zone\":\"secret/Zone\"} | invitations[1].zone | zone-unknown",
        "{\"recipients\":{\"email\":\"b@example.org\"},\"language\":7} | invitations[1].language | not-text",
        "{\"recipients\":{\"email\":\"b@example.org\"},\"reference\":7} | invitations[1].reference | not-text",
        "{\"recipients\":{\"email\":\"b@example.org\"},\"reference\":\"secret@x.org\"} | invitations[1].reference | reference-personal",
        "{\"recipients\":{\"sms\":\"+491712345678\"},\"reference\":\"0171-2345678\"} | invitations[1].reference | reference-personal",
        "{\"recipients\":{\"email\":\"b@example.org\"},\"reference\":\"sec\\nret\"} | invitations[1].reference | reference-control"
      })
  void create_oneBadRow_isRefusedAloneByItsPath(String bad, String path, String code) {
    String named =
        bad.startsWith("{\"recipients\"") && !bad.contains("\"fields\"")
            ? bad.replaceFirst("\\{", "{\"fields\":{\"first_name\":\"Bob\"},")
            : bad.equals("{}") ? "{\"fields\":{\"first_name\":\"Bob\"}}" : bad;

    WebReply reply =
        door.post(BatchDoor.INVITATIONS, body(row("a@example.org"), named, row("c@example.org")));

    assertThat(reply.status()).as(reply.body()).isEqualTo(202);
    JsonNode receipt = json(reply);
    assertThat(receipt.path("accepted").asInt()).isEqualTo(2);
    assertThat(receipt.path("invitations").findValuesAsText("row")).containsExactly("0", "2");
    JsonNode error = receipt.path("errors").path(0);
    assertThat(error.path("row").asInt()).isEqualTo(1);
    assertThat(error.path("path").asText()).isEqualTo(path);
    assertThat(error.path("code").asText()).isEqualTo(code);
    assertThat(error.path("reason").asText()).isNotBlank();
    assertThat(error.path("remedy").asText()).isNotBlank();
    assertThat(reply.body()).doesNotContain("secret", "sec\\nret", "2345678", "10.5", "Germany");
    assertThat(world.meter.count(Metric.ACCEPTED)).isEqualTo(2);
    assertThat(world.meter.count(Metric.REFUSED)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | 422 | the document",
        "{} | 422 | invitations",
        "{\"invitations\":{}} | 422 | invitations",
        "{\"invitations\":[]} | 422 | invitations",
        "{\"invitations\":[{}],\"x@example.org\":1} | 422 | the document",
        "{\"invitations\":[{}],\"sendAt\":\"soon\"} | 422 | sendAt",
        "{\"invitations\":[{}],\"sendAt\":7} | 422 | sendAt",
        "{\"invitations\":[{}],\"sendAt\":\"2027-03-03T09:00:00Z\"} | 422 | sendAt",
        "{\"invitations\":[{}],\"delay\":\"10 minutes\"} | 422 | delay",
        "{\"invitations\":[{}],\"delay\":\"-PT1S\"} | 422 | delay",
        "{\"invitations\":[{}],\"delay\":\"P366D\"} | 422 | delay",
        "{\"invitations\":[{}],\"delay\":\"PT1S\",\"sendAt\":\"2026-03-03T09:00:00Z\"} | 422 | delay",
        "{\"invitations\":[{}]} | 422 | invitations[0].recipients",
        "{\"invitations\":[{],} | 400 | ",
        "{\"invitations\":[{}],\"invitations\":[]} | 400 | "
      })
  void create_wholeRequestWrong_isAProblem_andStoresNothing(String body, int status, String path) {
    String sound = body.replace("[{}],", "[" + row("a@example.org") + "],");

    WebReply reply = door.post(BatchDoor.INVITATIONS, sound.equals(body) ? body : sound);

    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    if (path != null && !body.equals("{\"invitations\":[{}]}")) {
      assertThat(json(reply).path("errors").findValuesAsText("path")).contains(path);
    }
    assertThat(reply.body()).doesNotContain("example.org", "soon", "minutes");
    assertThat(world.batches.store().page("acme", null, null, 10)).isEmpty();
  }

  @Test
  void create_tooMuch_isRefusedBeforeItIsRead() {
    assertThat(json(door.post(BatchDoor.INVITATIONS, bodyOf(10_001))).path("errors"))
        .singleElement()
        .satisfies(error -> assertThat(error.path("remedy").asText()).contains("several requests"));
    assertThat(door.post(BatchDoor.INVITATIONS, body(row("x".repeat(4 * 1024 * 1024)))).status())
        .isEqualTo(413);
    assertThat(door.post(BatchDoor.INVITATIONS, bodyOf(1), "Content-Type", "text/csv").status())
        .isEqualTo(415);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "é", "\"a\", \"b\""})
  void create_keyThatIsNone_isRefused(String key) {
    WebReply reply = door.send(key, bodyOf(1));

    assertThat(reply.status()).isEqualTo(422);
    assertThat(json(reply).path("errors").path(0).path("path").asText())
        .isEqualTo("Idempotency-Key");
    assertThat(door.send("x".repeat(255), bodyOf(1)).status()).isEqualTo(202);
    assertThat(door.send("x".repeat(256), bodyOf(1)).status()).isEqualTo(422);
  }

  @Test
  void create_delayAndSendAt_areWhenRowsAreDue() {
    JsonNode delayed = accepted("{\"delay\":\"PT10M\"," + bodyOf(1).substring(1));
    JsonNode later =
        accepted("{\"sendAt\":\"2026-03-04T10:00:00+01:00\"," + bodyOf(2).substring(1));
    JsonNode past = accepted("{\"sendAt\":\"0001-01-01T00:00:00Z\"," + bodyOf(3).substring(1));

    assertThat(first(delayed).notBefore())
        .isEqualTo(world.clock.instant().plus(Duration.ofMinutes(10)));
    assertThat(delayed.path("sendAt").asText()).isEqualTo("2026-03-02T09:10:00Z");
    assertThat(first(later).notBefore()).isEqualTo("2026-03-04T09:00:00Z");
    assertThat(first(past).notBefore()).isEqualTo(world.clock.instant());
    assertThat(past.has("sendAt")).isFalse();
  }

  @Test
  void create_dueNow_goesOutByThePriorityLane() {
    JsonNode receipt = accepted(bodyOf(2));
    String batch = receipt.path("batch").asText();

    List<String> hints = world.priority.take(10);
    assertThat(hints).containsExactly("parcel/" + batch + ".0.0");
    world
        .dispatch
        .dispatcher()
        .dispatch(Set.of(Hint.parse(hints.getFirst()).orElseThrow().id()), world.deadline());

    assertThat(first(receipt).state()).isEqualTo(InvitationState.SENT);
    JsonNode standing = json(door.get("/v1/batches/" + batch, ""));
    assertThat(standing.path("states").path("SENT").asInt()).isEqualTo(2);
    assertThat(standing.path("statesAtAcceptance").path("ACCEPTED").asInt()).isEqualTo(2);
    assertThat(standing.path("percent").asInt()).isEqualTo(100);
    assertThat(standing.path("finished").asBoolean()).isTrue();
  }

  @Test
  void create_whatIsStoredOfTheBatch_holdsNothingOfItsRows() {
    String body =
        body(
            "{\"reference\":\"order 4711\",\"recipients\":{\"email\":\"canary@example.org\"},"
                + "\"fields\":{\"first_name\":\"Canary\"}}",
            row("not canary"));
    assertThat(door.send("canary-key", body).status()).isEqualTo(202);

    String stored =
        world.dump().entrySet().stream()
            .filter(document -> document.getKey().startsWith("batches/"))
            .map(document -> new String(document.getValue(), StandardCharsets.ISO_8859_1))
            .collect(Collectors.joining());
    assertThat(stored)
        .contains("key 1 (crm)", "email-")
        .doesNotContainIgnoringCase("canary", "4711@", "order");
  }

  @Test
  void create_withoutScopeRead_tellsOfNoRecipientThatItIsKnown() {
    Recipient known = new Recipient(Channel.EMAIL, "known@example.org");
    world.suppressions.add("acme", world.hasher.hash(known), "asked us", world.clock.instant());
    String body =
        body(row("known@example.org"), row("a@example.org"), row("a@example.org"), row("none"));
    door.as(caller("acme", KeyKind.LIVE, Set.of(Scope.DISPATCH), Set.of()));
    WebReply blind = door.send("k1", body);
    WebReply again = door.send("k1", body);
    door.as(BatchDoor.LIVE);
    WebReply seeing = door.send("k1", body);

    assertThat(blind.body()).doesNotContain("SUPPRESSED", "DUPLICATE", "ACCEPTED");
    assertThat(json(blind).path("states").path("STORED").asInt()).isEqualTo(3);
    assertThat(json(blind).path("refused").asInt()).isEqualTo(1);
    assertThat(again.body()).isEqualTo(blind.body());
    assertThat(json(seeing).path("invitations").findValuesAsText("state"))
        .containsExactly("SUPPRESSED", "ACCEPTED", "DUPLICATE");
  }

  @Test
  void create_teamKey_reachesListedRecipientsAlone() {
    Set<String> listed =
        new HashSet<>(world.hasher.all(new Recipient(Channel.EMAIL, "ada@example.org")));
    door.as(caller("acme", KeyKind.TEAM, Set.of(Scope.values()), listed));

    JsonNode receipt =
        json(
            door.send("k1", body(row("Ada@example.org"), row("guest@example.org"), row("nobody"))));

    assertThat(receipt.path("accepted").asInt()).isEqualTo(1);
    assertThat(receipt.path("errors").findValuesAsText("code"))
        .containsExactly("recipient-not-listed", "email-no-at");
    assertThat(door.send("k2", body(row("guest@example.org"))).status()).isEqualTo(422);

    door.as(BatchDoor.LIVE);
    assertThat(door.send("k1", body(row("x@example.org"))).status())
        .as("a live key's requests are apart from a team key's")
        .isEqualTo(202);
  }

  @Test
  void create_teamKeyAndChannelFallback_needsBothAddressesListed() {
    world.configure("{\"channelFallback\":{\"after\":\"PT1H\"}}");
    Set<String> listed =
        new HashSet<>(world.hasher.all(new Recipient(Channel.EMAIL, "ada@example.org")));
    String both =
        body(
            "{\"recipients\":{\"email\":\"ada@example.org\",\"sms\":\"+491712345678\"},"
                + "\"fields\":{\"first_name\":\"Ada\"}}");
    door.as(caller("acme", KeyKind.TEAM, Set.of(Scope.values()), listed));
    assertThat(door.send("k1", both).status()).isEqualTo(422);

    listed.addAll(world.hasher.all(new Recipient(Channel.SMS, "+491712345678")));
    door.as(caller("acme", KeyKind.TEAM, Set.of(Scope.values()), listed));
    assertThat(door.send("k1", both).status()).isEqualTo(202);
  }

  @Test
  void create_testKey_staysInTheTwin() {
    String twin = TestTwin.of("acme");
    JsonNode live = json(door.send("k1", bodyOf(1)));
    door.as(caller(twin, KeyKind.TEST, Set.of(Scope.values()), Set.of()));
    JsonNode test = json(door.send("k1", bodyOf(1)));

    assertThat(test.path("batch")).isNotEqualTo(live.path("batch"));
    assertThat(first(test).account()).isEqualTo(twin);
    assertThat(first(test).state()).isEqualTo(InvitationState.ACCEPTED);
    assertThat(door.get("/v1/batches/" + live.path("batch").asText(), "").status()).isEqualTo(404);
    assertThat(json(door.get("/v1/batches", "")).path("items")).hasSize(1);
  }

  @Test
  void everything_ofAnotherAccount_isNotThere() {
    String batch = accepted(bodyOf(1)).path("batch").asText();
    door.as(caller("globex", KeyKind.LIVE, Set.of(Scope.values()), Set.of()));

    WebReply create = door.post(BatchDoor.INVITATIONS, bodyOf(1));
    assertThat(create.status()).isEqualTo(404);
    assertThat(door.get("/v1/batches/" + batch, "").status()).isEqualTo(404);
    assertThat(door.post("/v1/batches/" + batch + "/cancel", "").status()).isEqualTo(404);
    assertThat(json(door.get("/v1/batches", "")).path("items")).isEmpty();
    door.as(BatchDoor.LIVE);
    assertThat(door.post("/v1/dispatches/other/invitations", bodyOf(1)).body())
        .isEqualTo(create.body());
    assertThat(world.invitation(Invitation.id(batch, 0)).state())
        .isEqualTo(InvitationState.ACCEPTED);
  }

  @Test
  void everything_withoutItsScope_isForbidden() {
    String batch = accepted(bodyOf(1)).path("batch").asText();
    door.as(caller("acme", KeyKind.LIVE, Set.of(Scope.READ, Scope.CONFIGURE), Set.of()));
    assertThat(door.post(BatchDoor.INVITATIONS, bodyOf(1)).status()).isEqualTo(403);
    assertThat(door.post("/v1/batches/" + batch + "/cancel", "").status()).isEqualTo(403);

    door.as(caller("acme", KeyKind.LIVE, Set.of(Scope.DISPATCH, Scope.OPERATE), Set.of()));
    assertThat(door.get("/v1/batches/" + batch, "").status()).isEqualTo(403);
    assertThat(door.get("/v1/batches", "").status()).isEqualTo(403);
  }

  @Test
  void list_manyBatches_isCompleteAndNewestFirst() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      made.addFirst(accepted(bodyOf(i + 1)).path("batch").asText());
      world.clock.advance(Duration.ofMillis(1));
    }
    List<String> seen = new ArrayList<>();
    String query = "limit=3&dispatch=stay";
    while (true) {
      JsonNode page = json(door.get("/v1/batches", query));
      page.path("items").forEach(item -> seen.add(item.path("batch").asText()));
      if (!page.has("next")) {
        break;
      }
      query = "limit=3&dispatch=stay&after=" + page.path("next").asText();
    }

    assertThat(seen).isEqualTo(made);
    assertThat(json(door.get("/v1/batches", "dispatch=other")).path("items")).isEmpty();
    assertThat(door.get("/v1/batches", "after=YWJj").status()).isEqualTo(422);
    assertThat(door.get("/v1/batches", "nobody=1").status()).isEqualTo(422);
  }

  @Test
  void cancel_openBatch_isNeverSent_andTold() {
    String batch = accepted(bodyOf(3)).path("batch").asText();

    WebReply reply = door.post("/v1/batches/" + batch + "/cancel", "");
    world.dispatch.dispatcher().dispatch(Set.of(batch + ".0.0"), world.deadline());

    assertThat(reply.status()).isEqualTo(200);
    assertThat(json(reply).path("cancelled").asInt()).isEqualTo(3);
    assertThat(world.vendor.given()).isEmpty();
    assertThat(json(door.get("/v1/batches/" + batch, "")).path("state").asText())
        .isEqualTo("CANCELLED");
    assertThat(world.events.newest(1))
        .singleElement()
        .satisfies(event -> {
          assertThat(event.code()).isEqualTo("batch-cancelled");
          assertThat(event.account()).isEqualTo("acme");
          assertThat(event.level()).isEqualTo(Event.Level.WARNING);
          assertThat(event.message()).contains("key 1 (crm)", batch);
        });
    assertThat(door.post("/v1/batches/" + batch + "/cancel", "").body()).isEqualTo(reply.body());
  }

  @Test
  void cancel_whileItsRequestIsAtWork_sendsNothing() {
    world.cuts.before(
        "ready",
        () -> {
          String batch = world.batches.store().page("acme", null, null, 1).getFirst().id();
          assertThat(door.post("/v1/batches/" + batch + "/cancel", "").status()).isEqualTo(200);
        });

    JsonNode receipt = accepted(bodyOf(3));
    world
        .dispatch
        .dispatcher()
        .dispatch(Set.of(receipt.path("batch").asText() + ".0.0"), world.deadline());

    assertThat(receipt.path("states").path("CANCELLED").asInt()).isEqualTo(3);
    assertThat(world.vendor.given()).isEmpty();
  }

  @Test
  void get_anImport_standsLikeABatch_andIsCancelledElsewhere() {
    world.objects.write(
        "stays/incoming/guests.csv",
        "email,first_name\na@example.org,Ada\nnobody,Bob\n".getBytes(StandardCharsets.UTF_8));
    world.fileDrop.fileDrop().created("stays/incoming/guests.csv", world.deadline());
    world
        .chunks
        .take(10)
        .forEach(hint -> world.fileDrop.chunkIntake().accept(Hint.parse(hint).orElseThrow().id()));
    String id = world.imports.newest(1).getFirst().id();

    JsonNode standing = json(door.get("/v1/batches/" + id, ""));

    assertThat(standing.path("kind").asText()).isEqualTo("IMPORT");
    assertThat(standing.path("state").asText()).isEqualTo("ACCEPTED");
    assertThat(standing.path("rows").asInt()).isEqualTo(2);
    assertThat(standing.path("refusedByCode"))
        .isEqualTo(json(new WebReply(200, "", "{\"email-no-at\":1}", Map.of())));
    assertThat(standing.path("rowsOpen").asInt()).isEqualTo(1);
    assertThat(standing.path("percent").asInt()).isEqualTo(50);
    assertThat(standing.path("finished").asBoolean()).isFalse();
    assertThat(door.post("/v1/batches/" + id + "/cancel", "").status()).isEqualTo(409);
    door.as(caller("globex", KeyKind.LIVE, Set.of(Scope.values()), Set.of()));
    assertThat(door.get("/v1/batches/" + id, "").status()).isEqualTo(404);
    assertThat(door.post("/v1/batches/" + id + "/cancel", "").status()).isEqualTo(404);
  }
}
