package dev.beckon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.access.KeyKind;
import dev.beckon.access.Scope;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import dev.beckon.feedback.Answer;
import dev.beckon.web.RawBody;
import dev.beckon.web.RawRequest;
import dev.beckon.web.WebReply;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswersApiTest {
  @RegisterExtension static final MongoHost HOST = new MongoHost();

  private World world;
  private WebDoor door;
  private String token;

  @BeforeEach
  void open() {
    world = HOST.world();
    world.filled(1);
    token = world.invitation(1).token();
    door = ApiBed.door(world, ApiBed.live(Scope.DISPATCH, Scope.READ));
  }

  @AfterEach
  void close() {
    world.close();
  }

  private WebReply post(String json) {
    return ApiBed.post(door, "/v1/answers", json.replace("TOKEN", token));
  }

  private WebReply sent(byte[] bytes, String... coding) {
    var plain = RawBody.stream(new ByteArrayInputStream(bytes));
    var request = ApiBed.request("POST", "/v1/answers", "", "application/json", plain);
    List<Map.Entry<String, String>> headers = new ArrayList<>(request.headers());
    for (String one : coding) {
      headers.add(Map.entry("Content-Encoding", one));
    }
    return door.answer(
        new RawRequest("POST", "/v1/answers", "", headers, request.body(), "192.0.2.1", "r1"));
  }

  private boolean nothingStored() {
    return world.answerStore.find(World.id(1)).isEmpty();
  }

  @Test
  void storeAnswers_everyKind_isStoredAndReadBack() {
    WebReply stored =
        post(
            """
            {"token": "TOKEN", "complete": true, "answeredAt": "2026-03-02T10:00:00+02:00",
             "answers": {"nps": 9, "share": 0.25, "again": true, "why": "=1+1 <b>\\u0000 \\ud83c"}}
            """);
    WebReply read = ApiBed.get(door, "/v1/invitations/" + World.id(1) + "/answers");

    assertThat(stored.status()).isEqualTo(200);
    assertThat(stored.body()).isEqualTo("{\"stored\":4}");
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.body())
        .isEqualTo(
            "{\"invitation\":\"b1-000000001\",\"dispatch\":\"stay\",\"batch\":\"b1\","
                + "\"firstAt\":\"2026-03-02T08:00:00Z\",\"lastAt\":\"2026-03-02T08:00:00Z\","
                + "\"complete\":true,\"answers\":{\"again\":true,\"nps\":9,\"share\":0.25,"
                + "\"why\":\"=1+1 <b>\\u0000 ?\"},\"forgotten\":[]}");
    assertThat(read.contentType()).isEqualTo("application/json");
  }

  @Test
  void storeAnswers_tokenOfAnotherAccount_isAsUnknownAsAnInventedOne() {
    WebDoor other =
        ApiBed.door(
            world, ApiBed.caller("other", KeyKind.LIVE, Set.of(), Scope.DISPATCH, Scope.READ));
    String body = "{\"token\": \"" + token + "\", \"answers\": {\"nps\": 9}}";

    WebReply foreign = ApiBed.post(other, "/v1/answers", body);
    WebReply invented = ApiBed.post(other, "/v1/answers", body.replace(token, "nobody's"));

    assertThat(foreign.status()).isEqualTo(404);
    assertThat(foreign).isEqualTo(invented);
    assertThat(nothingStored()).isTrue();
    post("{\"token\": \"TOKEN\", \"answers\": {\"nps\": 9}}");
    assertThat(ApiBed.get(other, "/v1/invitations/" + World.id(1) + "/answers"))
        .isEqualTo(ApiBed.get(other, "/v1/invitations/nobody/answers"));
  }

  @Test
  void scopes_eachOfItsOwn() {
    WebDoor reader = ApiBed.door(world, ApiBed.live(Scope.READ, Scope.CONFIGURE, Scope.OPERATE));
    WebDoor writer = ApiBed.door(world, ApiBed.live(Scope.DISPATCH, Scope.CONFIGURE));

    assertThat(
            ApiBed.post(
                    reader,
                    "/v1/answers",
                    "{\"token\": \"" + token + "\", \"answers\": {\"nps\": 9}}")
                .status())
        .isEqualTo(403);
    assertThat(ApiBed.get(writer, "/v1/invitations/" + World.id(1) + "/answers").status())
        .isEqualTo(403);
    assertThat(nothingStored()).isTrue();
  }

  /** Paths are told, nothing else of what was sent. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"answers": {"nps": 9}}                                     | token
          {"token": 5, "answers": {"nps": 9}}                         | token
          {"token": "TOKEN"}                                          | answers
          {"token": "TOKEN", "answers": {}}                           | answers
          {"token": "TOKEN", "answers": [9]}                          | answers
          {"token": "TOKEN", "answers": {"nps": null}}                | answers.nps
          {"token": "TOKEN", "answers": {"nps": [9]}}                 | answers.nps
          {"token": "TOKEN", "answers": {"nps": {"$gt": 1}}}          | answers.nps
          {"token": "TOKEN", "answers": {"nps": 1e400}}               | answers.nps
          {"token": "TOKEN", "answers": {"nps": 9007199254740993}}    | answers.nps
          {"token": "TOKEN", "answers": {"$where": 1}}                | answers.$where
          {"token": "TOKEN", "answers": {"=1+1": 1}}                  | answers.=1+1
          {"token": "TOKEN", "answers": {"<b>": 1}}                   | answers.<b>
          {"token": "TOKEN", "answers": {"": 1}}                      | answers.
          {"token": "TOKEN", "answers": {"nps": 9}, "answerdAt": "x"} | answerdAt
          {"token": "TOKEN", "answers": {"nps": 9}, "answeredAt": "yesterday"} | answeredAt
          {"token": "TOKEN", "answers": {"nps": 9}, "answeredAt": "+999999999-12-31T00:00:00Z"} | answeredAt
          {"token": "TOKEN", "answers": {"nps": 9}, "answeredAt": "2036-03-05T10:00:00Z"} | answeredAt
          {"token": "TOKEN", "answers": {"nps": 9}, "complete": "yes"} | complete
          """)
  void storeAnswers_wrongField_isNamedAndNothingIsStored(String json, String path) {
    WebReply reply = post(json);

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.body()).contains("\"path\":\"" + path + "\"").doesNotContain(token);
    assertThat(reply.contentType()).isEqualTo("application/problem+json");
    assertThat(nothingStored()).isTrue();
  }

  @Test
  void storeAnswers_tooLongAndTooMany_areRefused() {
    String many =
        IntStream.range(0, 101)
            .mapToObj(i -> "\"q" + i + "\": 1")
            .collect(Collectors.joining(",", "{", "}"));

    assertThat(post("{\"token\": \"TOKEN\", \"answers\": " + many + "}").status()).isEqualTo(422);
    assertThat(
            post("{\"token\": \"TOKEN\", \"answers\": {\"why\": \"" + "x".repeat(10_001) + "\"}}")
                .body())
        .contains("\"path\":\"answers.why\"");
    assertThat(
            post("{\"token\": \"TOKEN\", \"answers\": {\"" + "q".repeat(101) + "\": 1}}").status())
        .isEqualTo(422);
    assertThat(nothingStored()).isTrue();
    assertThat(
            post("{\"token\": \"TOKEN\", \"answers\": {\"why\": \"" + "x".repeat(10_000) + "\"}}")
                .status())
        .isEqualTo(200);
  }

  @Test
  void storeAnswers_questionsBeyondWhatIsKept_conflict() {
    for (int i = 0; i < 100; i++) {
      post("{\"token\": \"TOKEN\", \"answers\": {\"q" + i + "\": 1}}");
    }

    WebReply reply = post("{\"token\": \"TOKEN\", \"answers\": {\"q100\": 1}}");

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.body()).contains("too-many-questions");
  }

  @Test
  void storeAnswers_unreadableBodies_areRefusedByName() throws IOException {
    String sound = "{\"token\": \"" + token + "\", \"answers\": {\"nps\": 9}}";
    byte[] bytes = sound.getBytes(StandardCharsets.UTF_8);

    assertThat(post("[".repeat(500) + "]".repeat(500)).status()).isEqualTo(400);
    assertThat(post("{\"token\": \"TOKEN\", \"token\": \"x\", \"answers\": {\"nps\": 9}}").status())
        .isEqualTo(400);
    assertThat(post("{\"token\": \"TOKEN\", \"answers\": {\"nps\": 9, \"nps\": 10}}").status())
        .isEqualTo(400);
    assertThat(post("").status()).isEqualTo(400);
    assertThat(
            sent(sound.replace("nps", "n\u00e9s").getBytes(StandardCharsets.ISO_8859_1)).status())
        .isEqualTo(400);
    assertThat(sent(new byte[(1 << 20) + 1]).status()).isEqualTo(413);
    assertThat(sent(gzip(new byte[50_000_000]), "gzip").status()).isEqualTo(413);
    assertThat(sent(bytes, "gzip").status()).isEqualTo(400);
    assertThat(sent(bytes, "br").status()).isEqualTo(415);
    assertThat(
            door.answer(
                    ApiBed.request("POST", "/v1/answers", "", "text/plain", RawBody.text(sound)))
                .status())
        .isEqualTo(415);
    assertThat(
            door.answer(
                    ApiBed.request(
                        "POST",
                        "/v1/answers",
                        "token=" + token,
                        "application/json",
                        RawBody.text(sound)))
                .status())
        .isEqualTo(422);
    assertThat(nothingStored()).isTrue();
    assertThat(sent(gzip(bytes), "gzip").status()).isEqualTo(200);
    assertThat(world.answers.of("acme", World.id(1)).orElseThrow().answers())
        .containsEntry("nps", new Answer.Figure(9));
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  @Test
  void storeAnswers_completeAlone_isTaken() {
    assertThat(post("{\"token\": \"TOKEN\", \"complete\": true}").body())
        .isEqualTo("{\"stored\":0}");
    assertThat(world.answerStore.find(World.id(1)).orElseThrow().complete()).isTrue();
  }
}
