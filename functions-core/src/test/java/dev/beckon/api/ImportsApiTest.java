package dev.beckon.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.access.Allowance;
import dev.beckon.access.Caller;
import dev.beckon.access.Gatekeeper;
import dev.beckon.access.KeyKind;
import dev.beckon.access.Scope;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import dev.beckon.filedrop.Import;
import dev.beckon.filedrop.ObjectTickets;
import dev.beckon.memory.MemoryTickets;
import dev.beckon.parcel.Hint;
import dev.beckon.telemetry.Meter;
import dev.beckon.web.RawBody;
import dev.beckon.web.RawRequest;
import dev.beckon.web.WebReply;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImportsApiTest {
  @RegisterExtension static final MongoHost HOST = new MongoHost();

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE =
      """
      email,first_name
      ada@example.org,Ada
      nobody,=cmd|' /C calc'!A1
      bob@example.org,Bob
      """;
  private static final String NONE = "imp0123456789abcdef0123";

  private World world;
  private MemoryTickets tickets;
  private boolean offered;
  private Caller caller;

  @BeforeEach
  void start() {
    world = HOST.world();
    tickets = new MemoryTickets(world.objects, world.clock);
    offered = true;
    caller = caller("acme", KeyKind.LIVE, Scope.values());
  }

  @AfterEach
  void stop() {
    world.close();
  }

  private static Caller caller(String account, KeyKind kind, Scope... scopes) {
    return new Caller(account, account, "key k1 (crm)", "k1", kind, Set.of(scopes), Set.of());
  }

  private WebReply answer(String method, String path, String query, String body) {
    Optional<ObjectTickets> offering = offered ? Optional.of(tickets) : Optional.empty();
    List<Endpoint> endpoints =
        new ArrayList<>(
            new UploadsApi(world.fileDrop.uploads(), world.accounts, offering).endpoints());
    endpoints.addAll(new ImportsApi(world.fileDrop, offering).endpoints());
    Gatekeeper gatekeeper =
        (authorization, source) ->
            new Gatekeeper.Admission.Known(caller, new Allowance(true, 600, 599, 60));
    Routes routes = new Routes(endpoints);
    WebReply reply =
        new WebDoor(routes, gatekeeper, new Cors(Set.of()), Meter.NONE, true)
            .answer(
                new RawRequest(
                    method,
                    path,
                    query,
                    List.of(Map.entry("Content-Type", "application/json")),
                    RawBody.text(body),
                    "",
                    "r1"));
    assertDescribed(
        Routes.with(method, routes.at(path)).orElseThrow().endpoint(), reply, endpoints);
    return reply;
  }

  /** What the OpenAPI document says of a reply is so. */
  private static void assertDescribed(Endpoint endpoint, WebReply reply, List<Endpoint> endpoints) {
    ObjectNode document = OpenApiDocument.of(URI.create("https://beckon.example"), endpoints);
    JsonNode responses =
        document
            .path("paths")
            .path(endpoint.path())
            .path(endpoint.method().toLowerCase(Locale.ROOT))
            .path("responses");
    if (reply.status() >= 400) {
      String code = json(reply).path("code").asText();
      assertThat(document.path("x-problems").has(code)).as(code).isTrue();
      return;
    }
    JsonNode response = responses.path("" + reply.status());
    assertThat(response.isMissingNode()).as(reply.toString()).isFalse();
    reply.headers().keySet().stream()
        .filter(List.of("Location", "Content-Disposition")::contains)
        .forEach(header -> assertThat(response.path("headers").has(header)).isTrue());
    if (reply.contentType().equals("application/json")) {
      assertThat(
              new SchemaCheck(document)
                  .problems(
                      response.path("content").path("application/json").path("schema"),
                      json(reply)))
          .as(reply.body())
          .isEmpty();
    }
  }

  private WebReply get(String path) {
    return answer("GET", path, "", "");
  }

  private WebReply post(String path, String body) {
    return answer("POST", path, "", body);
  }

  private static JsonNode json(WebReply reply) {
    try {
      return JSON.readTree(reply.body());
    } catch (IOException e) {
      throw new AssertionError(reply.body(), e);
    }
  }

  private JsonNode create(String body) {
    WebReply reply = post("/v1/imports", body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    return json(reply);
  }

  /** Everything that follows a file in the bucket, up to its rows being accepted. */
  private void drop(String key, String content) {
    world.objects.write(key, content.getBytes(UTF_8));
    world.fileDrop.fileDrop().created(key, world.deadline());
    workOff();
  }

  private void workOff() {
    while (world.files.size() + world.chunks.size() > 0) {
      world.files.take(9).forEach(h -> world.fileDrop.fileDrop().run(id(h), world.deadline()));
      world.chunks.take(9).forEach(h -> world.fileDrop.chunkIntake().accept(id(h)));
    }
  }

  private static String id(String hint) {
    return Hint.parse(hint).orElseThrow().id();
  }

  private String dropped(String content) {
    drop("stays/incoming/guests.csv", content);
    return world.imports.newest(1).getFirst().id();
  }

  @Test
  void createImport_thenUpload_isFoundByTheUploadBeforeAndAfter() {
    Instant now = world.clock.instant();
    JsonNode made =
        create(
            "{\"feed\": \"stays\", \"fileName\": \"C:\\\\files\\\\Gäste März.CSV\", \"size\": 500}");
    String upload = made.path("upload").asText();

    assertThat(upload).matches("up[0-9a-f]{24}");
    assertThat(made.path("feed").asText()).isEqualTo("stays");
    assertThat(made.path("fileName").asText()).isEqualTo("Gäste_März.CSV");
    JsonNode request = made.path("request");
    assertThat(request.path("expiresAt").asText()).isEqualTo(now.plusSeconds(900).toString());
    assertThat(request.path("maxBytes").asLong()).isEqualTo(500);
    assertThat(json(answer("GET", "/v1/imports", "upload=" + upload, "")).path("items")).isEmpty();

    assertThat(tickets.put(URI.create(request.path("url").asText()), FILE.getBytes(UTF_8)))
        .isTrue();
    String key = "stays/incoming/" + upload + "-Gäste_März.CSV";
    world.fileDrop.fileDrop().created(key, world.deadline());
    workOff();

    JsonNode items = json(answer("GET", "/v1/imports", "upload=" + upload, "")).path("items");
    assertThat(items).hasSize(1);
    assertThat(items.path(0).path("upload").asText()).isEqualTo(upload);
    assertThat(items.path(0).path("fileName").asText()).isEqualTo("Gäste_März.CSV");
    assertThat(items.path(0).path("state").asText()).isEqualTo("ACCEPTED");
    assertThat(
            world.events.newest(9).stream().filter(event -> event.code().equals("upload-offered")))
        .singleElement()
        .satisfies(event -> {
          assertThat(event.account()).isEqualTo("acme");
          assertThat(event.message())
              .isEqualTo("key k1 (crm) may upload a file to feed stays, as upload " + upload);
        });
  }

  @Test
  void createImport_toBeChecked_landsWhereFilesAreOnlyLookedAt() {
    JsonNode made = create("{\"feed\": \"stays\", \"fileName\": \"a.tsv\", \"check\": true}");
    tickets.put(URI.create(made.path("request").path("url").asText()), new byte[] {1});

    assertThat(world.objects.list())
        .containsOnlyKeys("stays/check/" + made.path("upload").asText() + "-a.tsv");
    assertThat(made.path("request").path("maxBytes").asLong()).isEqualTo(5_000_000_000L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "../../etc/passwd.csv          | passwd.csv",
        "a\\u0000\\r\\nb${filename}.csv | a_b_filename_.csv",
        "=cmd' \\\"x\\\";.csv          | _cmd_x_.csv",
        "..csv                         | ..csv",
        "日本 – e\\u0301té.txt          | 日本_été.txt",
      })
  void createImport_fileNameOfAnyKind_isCleaned(String given, String cleaned) {
    assertThat(
            create("{\"feed\": \"stays\", \"fileName\": \"" + given + "\"}")
                .path("fileName")
                .asText())
        .isEqualTo(cleaned);
  }

  @Test
  void createImport_longName_keepsItsEnd() {
    assertThat(
            create("{\"feed\": \"stays\", \"fileName\": \"" + "😀é".repeat(60) + ".csv\"}")
                .path("fileName")
                .asText())
        .hasSizeLessThanOrEqualTo(200)
        .endsWith("é.csv");
  }

  @Test
  void createImport_everythingWrong_isToldFieldByField() {
    WebReply reply =
        post(
            "/v1/imports",
            "{\"feed\": \"spa\", \"fileName\": \"secret.exe\", \"size\": 5000000001, \"key\": \"x\"}");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(json(reply).path("errors").findValuesAsText("path"))
        .containsExactlyInAnyOrder("feed", "fileName", "size", "key");
    assertThat(reply.body()).doesNotContain("spa", "secret");
    assertThat(world.eventCodes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"feed\": \"stays\", \"fileName\": \"a.csv\", \"size\": 0}",
        "{\"feed\": \"stays\", \"fileName\": \"a.csv\", \"size\": 1.5}",
        "{\"feed\": \"stays\", \"fileName\": \"a.csv\", \"size\": \"9\"}",
        "{\"feed\": \"stays\", \"fileName\": \"a.csv\", \"check\": 1}",
        "{\"feed\": \"stays\"}",
        "{\"feed\": [\"stays\"], \"fileName\": \"a.csv\"}",
        "[]",
      })
  void createImport_oneThingWrong_isRefused(String body) {
    assertThat(post("/v1/imports", body).status()).as(body).isEqualTo(422);
  }

  @Test
  void createImport_nameTooLongOrBodyTooLarge_isRefused() {
    String name = "a".repeat(300) + ".csv";
    assertThat(
            post("/v1/imports", "{\"feed\": \"stays\", \"fileName\": \"" + name + "\"}").status())
        .isEqualTo(422);
    assertThat(post("/v1/imports", " ".repeat(5_000)).status()).isEqualTo(413);
  }

  @Test
  void createImport_feedOfAnotherAccount_isNoFeed() {
    caller = caller("other", KeyKind.LIVE, Scope.DISPATCH);

    WebReply reply = post("/v1/imports", "{\"feed\": \"stays\", \"fileName\": \"a.csv\"}");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.body()).contains("is no feed of this account");
  }

  @Test
  void createImport_storeThatSignsNothing_saysSo() {
    offered = false;

    WebReply reply = post("/v1/imports", "{\"feed\": \"stays\", \"fileName\": \"a.csv\"}");

    assertThat(reply.status()).isEqualTo(409);
    assertThat(json(reply).path("code").asText()).isEqualTo("uploads-not-offered");
  }

  @Test
  void getImport_accepted_tellsHowItStands() {
    String id = dropped(FILE);
    world
        .dispatch
        .dispatcher()
        .dispatch(world.bulk.take(9).stream().map(ImportsApiTest::id).toList(), world.deadline());

    JsonNode told = json(get("/v1/imports/" + id));

    assertThat(told.path("percent").asInt()).isEqualTo(100);
    assertThat(told.path("rows").asInt()).isEqualTo(3);
    assertThat(told.path("rowsOpen").asInt()).isZero();
    assertThat(told.path("refused").toString()).isEqualTo("{\"email-no-at\":1}");
    assertThat(told.path("stored").toString()).isEqualTo("{\"ACCEPTED\":2}");
    assertThat(told.path("states").toString()).isEqualTo("{\"SENT\":2}");
    assertThat(told.path("held").asBoolean()).isFalse();
    assertThat(told.path("refusedRows").asText()).isEqualTo("/v1/imports/" + id + "/refused-rows");
    assertThat(told.has("upload")).isFalse();
    assertThat(told.has("report")).isFalse();
    assertThat(told.toString()).doesNotContain("example.org");
  }

  @Test
  void getImport_refusedFile_tellsWhy() {
    JsonNode told = json(get("/v1/imports/" + dropped("name\nAda\n")));

    assertThat(told.path("state").asText()).isEqualTo("REFUSED");
    assertThat(told.path("problem").asText()).contains("email");
    assertThat(told.has("refusedRows")).isFalse();
  }

  @Test
  void listImports_filtersAndPages_giveEachOnce() {
    for (int i = 0; i < 5; i++) {
      drop("stays/incoming/" + i + ".csv", "email,first_name\ng" + i + "@example.org,Ada\n");
      world.clock.advance(Duration.ofSeconds(i % 2));
    }
    drop("stays/incoming/bad.csv", "name\nAda\n");

    List<String> seen = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = json(answer("GET", "/v1/imports", "state=ACCEPTED&limit=2" + after, ""));
      page.path("items").forEach(item -> seen.add(item.path("fileName").asText()));
      after = page.has("next") ? "&after=" + page.path("next").asText() : "";
    } while (!after.isEmpty());

    assertThat(seen)
        .containsExactlyInAnyOrder("0.csv", "1.csv", "2.csv", "3.csv", "4.csv")
        .startsWith("4.csv");
    assertThat(json(answer("GET", "/v1/imports", "feed=other", "")).path("items")).isEmpty();
    assertThat(json(answer("GET", "/v1/imports", "feed=stays", "")).path("items")).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "state=accepted",
        "after=abc",
        "after=MQ",
        "limit=0",
        "stat=ACCEPTED",
        "after=%20"
      })
  void listImports_unknownParameters_areRefused(String query) {
    assertThat(answer("GET", "/v1/imports", query, "").status()).isEqualTo(422);
  }

  @Test
  void anyImport_ofAnotherAccount_isAnsweredAsOneThatNeverWas() {
    String id = dropped(FILE);
    caller = caller("other", KeyKind.LIVE, Scope.values());

    assertThat(json(get("/v1/imports")).path("items")).isEmpty();
    for (String what : List.of("", "/refused-rows", "/report")) {
      WebReply theirs = get("/v1/imports/" + id + what);
      assertThat(theirs.status()).isEqualTo(404);
      assertThat(theirs.body()).isEqualTo(get("/v1/imports/" + NONE + what).body());
    }
    for (String what : List.of("/cancel", "/approve", "/force")) {
      WebReply theirs = post("/v1/imports/" + id + what, "");
      assertThat(theirs.status()).isEqualTo(404);
      assertThat(theirs.body()).isEqualTo(post("/v1/imports/" + NONE + what, "").body());
    }
    assertThat(world.imports.find(id).orElseThrow().state()).isEqualTo(Import.State.ACCEPTED);
  }

  @Test
  void anyEndpoint_scopeOrKindMissing_isRefused() {
    String id = dropped(FILE);
    String one = "/v1/imports/" + id;
    caller = caller("acme", KeyKind.LIVE, Scope.READ);
    assertThat(post("/v1/imports", "{}").status()).isEqualTo(403);
    for (String what : List.of("/refused-rows", "/report")) {
      assertThat(get(one + what).status()).isEqualTo(403);
    }
    for (String what : List.of("/cancel", "/approve", "/force")) {
      assertThat(post(one + what, "").status()).isEqualTo(403);
    }
    caller = caller("acme", KeyKind.LIVE, Scope.DISPATCH, Scope.OPERATE, Scope.CONFIGURE);
    assertThat(get("/v1/imports").status()).isEqualTo(403);
    assertThat(get(one).status()).isEqualTo(403);
    for (KeyKind kind : List.of(KeyKind.TEAM, KeyKind.TEST)) {
      caller = caller("acme", kind, Scope.values());
      assertThat(post("/v1/imports", "{}").status()).isEqualTo(403);
      for (String what : List.of("/cancel", "/approve", "/force")) {
        assertThat(post(one + what, "").status()).isEqualTo(403);
      }
    }
  }

  @Test
  void refusedRows_some_areATableWithoutFormulas() {
    String id = dropped(FILE + "=1+1,Eve\n");

    WebReply reply = get("/v1/imports/" + id + "/refused-rows");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.contentType()).isEqualTo("text/csv; charset=utf-8");
    assertThat(reply.headers())
        .containsEntry(
            "Content-Disposition", "attachment; filename=\"refused-rows-" + id + ".csv\"");
    assertThat(reply.body().lines().toList())
        .hasSize(3)
        .first()
        .isEqualTo("row,field,code,reason,value");
    assertThat(reply.body()).contains(",'=1+1").doesNotContain(",=1+1");
  }

  @Test
  void refusedRows_none_areMissing() {
    String id = dropped("email,first_name\nada@example.org,Ada\n");

    assertThat(get("/v1/imports/" + id + "/refused-rows").status()).isEqualTo(404);
  }

  @Test
  void refusedRows_moreThanAReplyTakes_areFetchedElsewhere() {
    String id = dropped(FILE);
    byte[] large = ("row\n" + "1\n".repeat(500_000)).getBytes(UTF_8);
    world.objects.write("stays/rejected/" + id + "-guests.csv.csv", large);

    WebReply reply = get("/v1/imports/" + id + "/refused-rows");

    assertThat(reply.status()).isEqualTo(303);
    URI url = URI.create(reply.headers().get("Location"));
    assertThat(tickets.get(url)).contains(large);
    world.clock.advance(Duration.ofMinutes(5));
    assertThat(tickets.get(url)).isEmpty();
    offered = false;
    assertThat(get("/v1/imports/" + id + "/refused-rows").status()).isEqualTo(409);
  }

  @Test
  void report_ofACheck_isThePage() {
    drop("stays/check/guests.csv", FILE);
    String id = world.imports.newest(1).getFirst().id();

    assertThat(json(get("/v1/imports/" + id)).path("report").asText())
        .isEqualTo("/v1/imports/" + id + "/report");
    WebReply reply = get("/v1/imports/" + id + "/report");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.contentType()).isEqualTo("text/html; charset=utf-8");
    assertThat(reply.headers()).containsKey("Content-Security-Policy");
    assertThat(reply.body()).contains("<html", "Ada");
  }

  @Test
  void cancel_accepted_sendsNothingMoreAndAWorkerMovesTheFile() {
    String id = dropped(FILE);

    WebReply reply = post("/v1/imports/" + id + "/cancel", "");
    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.body())
        .isEqualTo(
            "{\"import\":\""
                + id
                + "\",\"complete\":true,\"sent\":0,\"cancelled\":2,\"underWay\":0,\"inDoubt\":0,\"left\":0}");
    workOff();
    world
        .dispatch
        .dispatcher()
        .dispatch(world.bulk.take(9).stream().map(ImportsApiTest::id).toList(), world.deadline());

    assertThat(world.vendor.given()).isEmpty();
    assertThat(json(get("/v1/imports/" + id)).path("problem").asText())
        .isEqualTo("cancelled by key k1 (crm)");
    assertThat(world.eventCodes()).contains("import-cancelled");
    assertThat(world.objects.list().keySet()).noneMatch(key -> key.contains("/incoming/"));
    assertThat(post("/v1/imports/" + id + "/cancel", "").body()).contains("\"complete\":true");
  }

  @Test
  void cancel_moreRowsThanTimeAllows_saysWhatIsLeftAndGoesOn() {
    StringBuilder rows = new StringBuilder("email,first_name\n");
    for (int i = 0; i < 2_500; i++) {
      rows.append("g").append(i).append("@example.org,Ada\n");
    }
    String id = dropped(rows.toString());
    world.cuts.before("move", () -> world.clock.advance(Duration.ofSeconds(16)));

    JsonNode first = json(post("/v1/imports/" + id + "/cancel", ""));
    assertThat(first.path("complete").asBoolean()).isFalse();
    assertThat(first.path("cancelled").asInt()).isEqualTo(1_000);
    assertThat(first.path("left").asInt()).isEqualTo(1_500);
    JsonNode second = json(post("/v1/imports/" + id + "/cancel", ""));

    assertThat(second.path("complete").asBoolean()).isTrue();
    assertThat(second.path("cancelled").asInt()).isEqualTo(2_500);
  }

  @Test
  void approve_heldImport_goesOut_andOneThatWaitsForNobodyIsAConflict() {
    world.configureFeed("\"approve\": true");
    String id = dropped(FILE);
    assertThat(json(get("/v1/imports/" + id)).path("held").asBoolean()).isTrue();
    assertThat(json(get("/v1/imports")).path("items").path(0).path("held").asBoolean()).isTrue();

    WebReply reply = post("/v1/imports/" + id + "/approve", "");
    assertThat(reply.status()).isEqualTo(202);
    assertThat(json(reply).path("parcels").asInt()).isEqualTo(1);
    assertThat(json(get("/v1/imports/" + id)).path("held").asBoolean()).isFalse();
    assertThat(world.eventCodes()).contains("import-approved");

    world.configureFeed("\"approve\": false");
    drop("stays/incoming/next.csv", "email,first_name\nc@example.org,Cleo\n");
    WebReply conflict =
        post("/v1/imports/" + world.imports.newest(1).getFirst().id() + "/approve", "");
    assertThat(conflict.status()).isEqualTo(409);
    assertThat(json(conflict).path("code").asText()).isEqualTo("import-state");
  }

  @Test
  void force_refusedForItsContent_runsAsAnotherImport() {
    dropped(FILE);
    world.clock.advance(Duration.ofSeconds(1));
    drop("stays/incoming/again.csv", FILE);
    String refused = world.imports.newest(1).getFirst().id();

    WebReply reply = post("/v1/imports/" + refused + "/force", "");
    assertThat(reply.status()).isEqualTo(202);
    String forced = json(reply).path("import").asText();
    workOff();

    assertThat(forced).isNotEqualTo(refused);
    assertThat(json(get("/v1/imports/" + forced)).path("state").asText()).isEqualTo("ACCEPTED");
    assertThat(json(get("/v1/imports/" + forced)).path("kind").asText()).isEqualTo("FORCED");
    assertThat(post("/v1/imports/" + forced + "/force", "").status()).isEqualTo(409);
  }
}
