package dev.beckon.local.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.beckon.account.Secret;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Recipient;
import dev.beckon.template.Lifted;
import dev.beckon.template.Lifter;
import dev.beckon.template.Mode;
import dev.beckon.template.SharedText;
import dev.beckon.template.SurveyLinks;
import dev.beckon.template.Template;
import dev.beckon.template.TemplateException;
import dev.beckon.template.Values;
import dev.beckon.vendor.Content;
import dev.beckon.vendor.OutboundMessage;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import dev.beckon.vendor.SharedMail;
import dev.beckon.vendor.Vendor;
import dev.beckon.vendor.VendorFactory;
import dev.beckon.vendor.VendorSettings;
import dev.beckon.vendors.Vendors;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stub against the real adapter. */
class SparkPostServerTest {
  private static final String KEY = "k3y";
  private static final List<String> NASTY =
      List.of(
          "Ada",
          "{{ v0 }}",
          "}}",
          "{",
          "<script>\"'&/",
          "$1\\",
          "🎉",
          "\r\nBcc: x",
          "https://x.example");

  private SparkPostServer server = SparkPostServer.start(SparkPostServer.Options.quiet(KEY));
  private final List<Vendor> built = new ArrayList<>();

  @AfterEach
  void stop() {
    built.forEach(Vendor::close);
    server.close();
  }

  @Test
  void send_liftedMails_areExpandedToWhatRenderingGives() throws TemplateException {
    server.close();
    server = SparkPostServer.start(new SparkPostServer.Options(KEY, 1_000, 0, Duration.ZERO, 1));
    Set<String> names = Set.of("a", "b", "survey_link");
    SurveyLinks links = SurveyLinks.compile("https://s.example/{token}?b={b}", names);
    List<Template> parts =
        List.of(
            Template.compile("Hi {{ a }} {{- b }}}", Mode.SUBJECT, names),
            Template.compile("{ {{- a }}}} {{ survey_link }} {{ b | upcase }}", Mode.TEXT, names),
            Template.compile(
                "<style>@media all{a{color:red}}</style><a href=\"{{ survey_link }}\">{ {{- a"
                    + " }}</a>{% if b %}{{ b }} {{ '{{' }}{% endif %}",
                Mode.HTML, names));
    for (int shape = 0; shape < 2; shape++) {
      // as a whole the HTML has a block; without it everything is a straight line
      List<Template> used = parts.subList(0, 2 + shape);
      Lifter lifter = new Lifter(Map.of("survey_link", links), Map.of());
      used.forEach(lifter::add);
      Lifted lifted = lifter.lift();
      List<SharedText> texts = lifted.parts();
      SharedMail mail =
          new SharedMail(texts.get(0), texts.get(1), shape == 0 ? null : texts.get(2), null);
      Random random = new Random(shape);
      List<OutboundMessage> messages = new ArrayList<>();
      List<List<String>> expected = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        Map<String, String> row =
            Map.of("a", pick(random), "b", pick(random) + pick(random), "token", "t" + i);
        Values values = name -> name.equals("survey_link") ? links.link(row::get) : row.get(name);
        messages.add(message(i, new Content.BulkEmail(mail, lifted.values(values, row::get))));
        expected.add(used.stream().map(part -> part.render(values)).toList());
      }
      int before = server.mails().size();

      assertThat(codes(vendor(KEY).send(messages))).containsOnly(SendCode.ACCEPTED);

      List<SparkPostServer.Mail> mails = server.mails().subList(before, before + 300);
      for (int i = 0; i < 300; i++) {
        SparkPostServer.Mail got = mails.get(i);
        assertThat(
                shape == 0
                    ? List.of(got.subject(), got.text())
                    : List.of(got.subject(), got.text(), got.html()))
            .isEqualTo(expected.get(i));
      }
    }
  }

  @Test
  void send_manyRecipients_countedOnceByReference() {
    List<OutboundMessage> messages = messages(2_000);
    server.refuse(messages.get(7).to().address());

    List<SendResult> results = vendor(KEY).send(messages);

    assertThat(results.get(7).code()).isEqualTo(SendCode.BAD_RECIPIENT);
    assertThat(codes(results).stream().filter(SendCode.ACCEPTED::equals)).hasSize(1_999);
    assertThat(server.calls()).containsExactly(2_000);
    assertThat(server.ledger().total()).isEqualTo(1_999);
    assertThat(server.ledger().repeated()).isEmpty();
    assertThat(server.ledger().has(messages.get(7).reference())).isFalse();
    assertThat(server.refused()).isEqualTo(1);
    assertThat(server.mails()).isEmpty();
    assertThat(server.bytes()).isBetween(200_000L, 600_000L);
  }

  @ParameterizedTest
  @CsvSource({"503, false, UNAVAILABLE", "429, false, THROTTLED", "504, true, NO_REPLY"})
  void send_badWeather_saysAndTakesWhatItIsToldTo(int status, boolean taken, SendCode expected) {
    server.turns(new SparkPostServer.Weather(status, taken, Duration.ofSeconds(9)));

    SendResult result = vendor(KEY).send(messages(1)).getFirst();

    assertThat(result.code()).isEqualTo(expected);
    assertThat(result.retryAfter())
        .isEqualTo(expected == SendCode.NO_REPLY ? null : Duration.ofSeconds(9));
    assertThat(server.ledger().total()).isEqualTo(taken ? 1 : 0);
  }

  @Test
  void send_wrongKey_refused() {
    assertThat(codes(vendor("other").send(messages(1))))
        .containsExactly(SendCode.BAD_CONFIGURATION);
    assertThat(server.ledger().total()).isZero();
  }

  @Test
  void send_shareOfRecipientsFails_alwaysTheSameOnes() {
    server.close();
    server = SparkPostServer.start(new SparkPostServer.Options(KEY, 0, 0.2, Duration.ZERO, 3));

    List<SendCode> first = codes(vendor(KEY).send(messages(500)));

    assertThat(first.stream().filter(SendCode.BAD_RECIPIENT::equals).count()).isBetween(60L, 140L);
    assertThat(codes(vendor(KEY).send(messages(500)))).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"recipients\":[{\"address\":\"a@b.example\"}", "{\"x\":"})
  void post_malformed_countsNothing(String body) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(server.url().resolve("/api/v1/transmissions"))
                  .header("Authorization", KEY)
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());

      assertThat(response.statusCode()).isEqualTo(400);
    }
    assertThat(server.ledger().total()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{{a}} {{ a }} {{{a}}} | &lt;b&gt; &lt;b&gt; <b>",
        "x{{gone}}{{{gone}}}y | xy",
        "{{opening_double_curly()}}{{ closing_triple_curly() }} | {{}}}",
        "{ a } { {{{a}}} | { a } { <b>"
      })
  void expand_documented_asDocumented(String text, String expected) {
    assertThat(SparkPostTemplate.expand(text, Map.of("a", "<b>"), true)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"}}", "{{a", "{{{a}}", "{{ if a }}", "a}}}", "{{{{a}}}}"})
  void expand_somethingElse_refused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SparkPostTemplate.expand(text, Map.of("a", "b"), false));
  }

  private static List<OutboundMessage> messages(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> message(i, new Content.Email("Hi", "Row " + i, "<p>" + i + "</p>", null)))
        .toList();
  }

  private static OutboundMessage message(int row, Content content) {
    return new OutboundMessage(
        "b1-%09d".formatted(row),
        new UUID(0, row),
        new Recipient(Channel.EMAIL, "guest" + row + "@example.org"),
        content);
  }

  private static List<SendCode> codes(List<SendResult> results) {
    return results.stream().map(SendResult::code).toList();
  }

  private static String pick(Random random) {
    return NASTY.get(random.nextInt(NASTY.size()));
  }

  private Vendor vendor(String key) {
    VendorFactory factory = Vendors.catalog().find("sparkpost").orElseThrow();
    Vendor vendor =
        factory.create(
            VendorSettings.read(
                factory.settings(),
                Map.of(
                    "apiKey", "secret://sparkpost",
                    "senderAddress", "survey@sender.example",
                    "url", server.url().toString()),
                reference -> new Secret(key)));
    built.add(vendor);
    return vendor;
  }
}
