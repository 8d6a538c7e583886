package dev.beckon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.access.Scope;
import dev.beckon.bed.Cuts;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import dev.beckon.feedback.Answer;
import dev.beckon.intake.RecipientReader;
import dev.beckon.invitation.Invitation;
import dev.beckon.web.RawBody;
import dev.beckon.web.RawRequest;
import dev.beckon.web.WebReply;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerPagesTest {
  private static final String FORM = "application/x-www-form-urlencoded";

  @RegisterExtension static final MongoHost HOST = new MongoHost();

  private World world;
  private WebDoor door;
  private String token;
  private String path;

  @BeforeEach
  void open() {
    world = HOST.world();
    world.filled(2);
    token = world.invitation(1).token();
    path = "/a/" + token + "/" + world.signatures.of(token);
    door = ApiBed.door(world, ApiBed.live(Scope.READ));
  }

  @AfterEach
  void close() {
    world.close();
  }

  /** As a browser asks, without a key. */
  private WebReply ask(String method, String at, String query, String type, String body) {
    List<Map.Entry<String, String>> headers =
        type.isEmpty() ? List.of() : List.of(Map.entry("Content-Type", type));
    RawBody raw = body.isEmpty() ? RawBody.NONE : RawBody.text(body);
    return door.answer(new RawRequest(method, at, query, headers, raw, "192.0.2.1", "r1"));
  }

  private WebReply look(String query) {
    return ask("GET", path, query, "", "");
  }

  private WebReply give(String query, String form) {
    return ask("POST", path, query, FORM, form);
  }

  private boolean nothingStored() {
    return world.answerStore.find(World.id(1)).isEmpty();
  }

  private Map<String, Answer> stored() {
    return world.answers.of("acme", World.id(1)).orElseThrow().answers();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void get_showsWhatWouldBeSent_andChangesNothing() {
    Map<String, byte[]> before = world.dump();

    WebReply page = look("nps=9&again=true");
    WebReply head = ask("HEAD", path, "nps=9", "", "");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.contentType()).startsWith("text/html");
    assertThat(page.body())
        .contains("<dt>again</dt><dd>true</dd><dt>nps</dt><dd>9</dd>")
        .contains("<form method=\"post\"><button type=\"submit\">Send</button></form>")
        .doesNotContain("guest1", token);
    assertThat(page.headers())
        .containsEntry("Cache-Control", "no-store")
        .containsEntry("Referrer-Policy", "no-referrer")
        .containsKey("Content-Security-Policy");
    assertThat(head.status()).isEqualTo(200);
    assertThat(world.dump()).usingRecursiveComparison().isEqualTo(before);
  }

  @Test
  void post_buttonOfThePage_storesTheQuery() {
    WebReply page = ask("POST", path, "nps=9&why=it%20was+fine&share=-0.5&code=007", "", "");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).contains("Thank you");
    assertThat(stored())
        .isEqualTo(
            Map.of(
                "nps", new Answer.Figure(9),
                "why", new Answer.Words("it was fine"),
                "share", new Answer.Figure(-0.5),
                "code", new Answer.Words("007")));
    assertThat(ask("POST", path, "nps=9", "", "").status()).isEqualTo(200);
  }

  @Test
  void post_form_fieldsWinOverTheQuery_tickedBoxesAreListed() {
    WebReply page =
        give("nps=9&from=mail", "nps=3&liked=room&liked=staff&why=" + encoded("Zoë & \"Ed\""));

    assertThat(page.status()).isEqualTo(200);
    assertThat(stored())
        .isEqualTo(
            Map.of(
                "nps", new Answer.Figure(3),
                "from", new Answer.Words("mail"),
                "liked", new Answer.Words("room, staff"),
                "why", new Answer.Words("Zoë & \"Ed\"")));
  }

  @Test
  void forgedOrForeignSignature_isTheSamePageAsAnUnknownToken() {
    String other = world.invitation(2).token();
    String unknown = "x".repeat(22);
    List<String> wrong =
        List.of(
            "/a/" + token + "/" + world.signatures.of(other),
            "/a/" + token + "/" + token,
            "/a/" + token + "/A",
            "/a/" + unknown + "/" + world.signatures.of(unknown),
            "/a/" + "short" + "/" + world.signatures.of("short"),
            "/a/" + encoded(Invitation.erasedToken("b1-1").replace('/', '.')) + "/x");
    WebReply get = ask("GET", wrong.getFirst(), "nps=9", "", "");
    WebReply post = ask("POST", wrong.getFirst(), "nps=9", "", "");

    assertThat(get.status()).isEqualTo(404);
    for (String at : wrong) {
      assertThat(ask("GET", at, "nps=9", "", "")).as(at).isEqualTo(get);
      assertThat(ask("POST", at, "nps=9", "", "")).as(at).isEqualTo(post);
    }
    assertThat(nothingStored()).isTrue();
  }

  @Test
  void keysRotated_oldLinksGoOnAsLongAsTheirKeyIsThere() {
    try (World rotating = world.restarted(new World.Keys("k2,k1", "m1"));
        World rotated = world.restarted(new World.Keys("k2", "m1"))) {
      WebDoor still = ApiBed.door(rotating, ApiBed.live(Scope.READ));
      WebDoor over = ApiBed.door(rotated, ApiBed.live(Scope.READ));
      RawRequest request = RawRequest.of("POST", path);
      RawRequest asked = new RawRequest("POST", path, "nps=9", List.of(), request.body(), "", "r1");

      assertThat(over.answer(asked).status()).isEqualTo(404);
      assertThat(nothingStored()).isTrue();
      assertThat(still.answer(asked).status()).isEqualTo(200);
      assertThat(nothingStored()).isFalse();
    }
  }

  @Test
  void get_markup_isShownAsText() {
    String page = look("why=" + encoded("<script>alert(1)</script>\"'&=HYPERLINK(1)")).body();

    assertThat(page)
        .contains("<dd>&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;=HYPERLINK(1)</dd>")
        .doesNotContain("<script");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "%3Cb%3E=1",
        "=1",
        "$where=1",
        "a%20b=1",
        "nps",
      })
  void answersThatCannotBeTaken_areAPage(String query) {
    boolean empty = query.equals("nps");
    int expected = empty ? 200 : 422;

    assertThat(look(query).status()).isEqualTo(expected);
    assertThat(give(query, "").status()).isEqualTo(expected);
    assertThat(nothingStored()).isEqualTo(!empty);
  }

  @Test
  void unreadableForms_areRefusedByName() {
    String many =
        IntStream.range(0, 101).mapToObj(i -> "q" + i + "=1").collect(Collectors.joining("&"));

    assertThat(give("", "nps=%zz").status()).isEqualTo(400);
    assertThat(give("", "nps=%ff").status()).isEqualTo(400);
    assertThat(give("", "nps=9\r\nb").status()).isEqualTo(400);
    assertThat(give("", many).status()).isEqualTo(400);
    assertThat(give("a=1", many.replace("&q100=1", "")).status()).isEqualTo(422);
    assertThat(give("", "why=" + "x".repeat(10_001)).status()).isEqualTo(422);
    assertThat(give("", "x".repeat((1 << 20) + 1)).status()).isEqualTo(413);
    assertThat(ask("POST", path, "", "application/json", "{\"nps\": 9}").status()).isEqualTo(415);
    assertThat(ask("POST", path, "", "multipart/form-data; boundary=x", "--x").status())
        .isEqualTo(415);
    assertThat(nothingStored()).isTrue();
    assertThat(ask("POST", path, "", FORM + "; charset=UTF-8", "nps=9").status()).isEqualTo(200);
  }

  @Test
  void erased_isTheSamePageAsAnUnknownToken() {
    WebReply unknown = ask("GET", "/a/" + token + "/forged", "nps=9", "", "");
    give("nps=9", "");
    world.dispatch.dispatcher().dispatch(List.of("b1.0.0"), world.deadline());
    world.erasure.erase("acme", new RecipientReader().read("guest1@example.org", null), "Ada");

    assertThat(look("nps=9")).isEqualTo(unknown);
    assertThat(give("nps=9", "").status()).isEqualTo(404);
    assertThat(nothingStored()).isTrue();
  }

  @Test
  void log_showsNeitherTokenNorSignatureNorAnswer() {
    PrintStream before = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      look("why=zanzibara");
      give("why=zanzibara", "more=zanzibara");
      give("why=zanzibara", "%ff");
      world.cuts.arm(0, Cuts.Side.BEFORE);
      assertThat(give("why=zanzibara", "").status()).isEqualTo(500);
      ApiBed.post(
          ApiBed.door(world, ApiBed.live(Scope.DISPATCH)),
          "/v1/answers",
          "{\"token\": \"" + token + "\", \"answers\": {\"why\": \"zanzibara\"}}");
    } finally {
      System.setErr(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("/a/{token}/{signature}", "/v1/answers")
        .doesNotContain(token, path.substring(path.lastIndexOf('/') + 1), "zanzibara");
  }
}
