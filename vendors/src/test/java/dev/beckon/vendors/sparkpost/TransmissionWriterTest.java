package dev.beckon.vendors.sparkpost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.account.Secret;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Recipient;
import dev.beckon.template.Lifted;
import dev.beckon.template.Lifter;
import dev.beckon.template.Mode;
import dev.beckon.template.Segment;
import dev.beckon.template.SharedText;
import dev.beckon.template.SurveyLinks;
import dev.beckon.template.Template;
import dev.beckon.template.TemplateException;
import dev.beckon.vendor.Content;
import dev.beckon.vendor.OutboundMessage;
import dev.beckon.vendor.SampleMessages;
import dev.beckon.vendor.SharedMail;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TransmissionWriterTest {
  private static final int CASES = 3_000;
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "{{",
          "}}}",
          "{{{{{",
          "v0",
          "{{v0}}",
          "{{{v1}}}",
          "{{ opening_double_curly() }}",
          "x ",
          "\"\\",
          "$1",
          "<script>",
          "é𝔸🎉",
          "\r\n\u2028\u0001",
          "{%");

  private static final SparkPostOptions PLAIN =
      options(
          new SparkPostOptions.Sender("survey@sender.example", null, null),
          new SparkPostOptions.Tracking(false, false, true),
          null);

  /** The shape of the documented example, developers.sparkpost.com/api/transmissions. */
  @Test
  void write_sharedMail_asDocumented() {
    SharedMail mail =
        new SharedMail(
            text(0, ", how was it?"),
            text("Hi ", 0, "\nhttps://s.example/", 1, "?l=en"),
            text("<style>@media print{a{color:red}}</style><p>", 2, "{", 2, "}</p>"),
            text("https://beckon.example/u/", 1));
    SparkPostOptions options =
        options(
            new SparkPostOptions.Sender(
                "survey@sender.example", "Acme {{x}} & Amsel", "help@sender.example"),
            new SparkPostOptions.Tracking(false, true, true),
            "surveys");
    List<Addressed> recipients =
        List.of(
            recipient(1, "wilma@flintstone.example", List.of("Wilma", "t1", "Wilma")),
            recipient(
                2,
                "fred@flintstone.example",
                List.of("\"Fred\" {{v1}}", "t2", "&quot;Fred&quot; {{v1}}\uD83C")));

    TransmissionWriter.Transmission written =
        new TransmissionWriter(options).write(mail, recipients);

    assertThat(written.recipients()).isEqualTo(2);
    assertThat(json(written)).isEqualTo(golden("bulk.json"));
  }

  @Test
  void write_mailRenderedWhole_travelsAsVariables() {
    OutboundMessage message = SampleMessages.one(Channel.EMAIL, 0);
    Content.BulkEmail bulk = new WholeMails().bulk((Content.Email) message.content());

    assertThat(
            json(
                new TransmissionWriter(PLAIN)
                    .write(bulk.mail(), List.of(new Addressed(0, message, bulk.values())))))
        .isEqualTo(golden("single.json"));
  }

  @Test
  void write_anyTextsAndValues_expandedByTheVendorAreTheSame() {
    Random random = new Random(20261121);
    TransmissionWriter writer = new TransmissionWriter(PLAIN);
    for (int i = 0; i < CASES; i++) {
      SharedMail mail =
          new SharedMail(
              text(random), text(random), random.nextBoolean() ? text(random) : null, text(random));
      List<Addressed> recipients =
          List.of(
              recipient(1, "a@example.org", values(random)),
              recipient(2, "b@example.org", values(random)));

      JsonNode body = json(writer.write(mail, recipients));

      for (int each = 0; each < 2; each++) {
        List<String> values = recipients.get(each).values();
        Map<String, String> given =
            TransmissionScript.values(body, body.get("recipients").get(each));
        JsonNode content = body.get("content");
        assertThat(SparkPostLanguage.expand(content.get("subject").asText(), given))
            .isEqualTo(mail.subject().expand(values));
        assertThat(SparkPostLanguage.expand(content.get("text").asText(), given))
            .isEqualTo(mail.text().expand(values));
        if (mail.html() != null) {
          assertThat(SparkPostLanguage.expand(content.get("html").asText(), given))
              .isEqualTo(mail.html().expand(values));
        }
        assertThat(
                SparkPostLanguage.expand(content.at("/headers/List-Unsubscribe").asText(), given))
            .isEqualTo("<" + mail.unsubscribe().expand(values) + ">");
      }
    }
  }

  /** The promise of cost: a template of 10 KB, eight fields, links in three places. */
  @Test
  void write_straightLineTemplate_costsUnder400BytesForEachRecipient() throws TemplateException {
    Set<String> fields =
        Set.of("first_name", "last_name", "store", "city", "visit_date", "order_id", "amount");
    Set<String> names =
        Set.of(
            "first_name",
            "last_name",
            "store",
            "city",
            "visit_date",
            "order_id",
            "amount",
            "survey_link",
            "unsubscribe_link");
    String words = "<p>Thank you for your visit, and for your patience with us.</p>\n";
    String html =
        words.repeat(160)
            + "<p>Dear {{ first_name }} {{ last_name | upcase }}, {{ store }}, {{ city }}, {{"
            + " visit_date | date: \"%d.%m.%Y\" }}, {{ order_id }}, {{ amount | number: 2 }}</p>"
            + "<a href=\"{{ survey_link }}\">go</a> <a href=\"{{ unsubscribe_link }}\">no</a>";
    assertThat(html).hasSizeGreaterThan(10_000);
    SurveyLinks survey =
        SurveyLinks.compile("https://survey.example/{token}?store={store}", fields);
    Lifter lifter =
        new Lifter(
            Map.of(
                "survey_link",
                survey,
                "unsubscribe_link",
                SurveyLinks.toToken("https://beckon.example/u/")),
            Map.of());
    lifter.add(Template.compile("{{ first_name }}, how was {{ store }}?", Mode.SUBJECT, names));
    lifter.add(
        Template.compile(
            "Dear {{ first_name }}, {{ survey_link }} {{ unsubscribe_link }}", Mode.TEXT, names));
    lifter.add(Template.compile(html, Mode.HTML, names));
    lifter.add(SurveyLinks.toToken("https://beckon.example/u/"));
    Lifted lifted = lifter.lift();
    List<SharedText> parts = lifted.parts();
    SharedMail mail = new SharedMail(parts.get(0), parts.get(1), parts.get(2), parts.get(3));
    Map<String, String> row =
        Map.of(
            "first_name", "Christopher",
            "last_name", "Featherstonehaugh",
            "store", "Hamburg Altona",
            "city", "Hamburg",
            "visit_date", "2026-11-21",
            "order_id", "A-1002993",
            "amount", "1249.5",
            "token", "QmVja29uVG9rZW4xMjM0NQ");
    List<String> values = lifted.values(row::get, row::get);
    List<Addressed> recipients =
        IntStream.range(0, 2_000)
            .mapToObj(
                i -> recipient(i, "christopher.featherstone%04d@example.org".formatted(i), values))
            .toList();

    TransmissionWriter writer = new TransmissionWriter(PLAIN);
    int all = writer.write(mail, recipients).body().length;
    int one = writer.write(mail, recipients.subList(0, 1)).body().length;

    assertThat((all - one) / 1_999).isLessThan(400);
    assertThat(all / 2_000).isLessThan(400);
  }

  @Test
  void write_moreThanFitsInOneBody_leavesTheRest() {
    String long100 = "x".repeat(100_000);
    SharedMail mail = new SharedMail(text("s"), text(0), null, null);
    List<Addressed> recipients =
        IntStream.range(0, 200)
            .mapToObj(i -> recipient(i, "a" + i + "@example.org", List.of(long100)))
            .toList();

    TransmissionWriter.Transmission written = new TransmissionWriter(PLAIN).write(mail, recipients);

    assertThat(written.recipients()).isBetween(80, 90);
    assertThat(written.body()).hasSizeLessThan(9 << 20);
  }

  private static SparkPostOptions options(
      SparkPostOptions.Sender sender, SparkPostOptions.Tracking tracking, String ipPool) {
    return new SparkPostOptions(
        URI.create("https://api.sparkpost.com/api/v1/transmissions"),
        new Secret("none"),
        null,
        sender,
        tracking,
        ipPool,
        2_000,
        10,
        Duration.ofSeconds(50),
        Duration.ZERO);
  }

  static Addressed recipient(int row, String address, List<String> values) {
    String reference = "b1-%09d".formatted(row);
    return new Addressed(
        row,
        new OutboundMessage(
            reference,
            UUID.nameUUIDFromBytes(reference.getBytes(StandardCharsets.UTF_8)),
            new Recipient(Channel.EMAIL, address),
            new Content.Email("not used", "not used", null, null)),
        values);
  }

  /** Literals, and numbers of variables. */
  private static SharedText text(Object... pieces) {
    List<Segment> segments = new ArrayList<>();
    for (Object piece : pieces) {
      segments.add(
          piece instanceof Integer number
              ? new Segment.Variable(number)
              : new Segment.Text((String) piece));
    }
    return new SharedText(segments);
  }

  private static SharedText text(Random random) {
    List<Object> pieces = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      if (random.nextBoolean()) {
        pieces.add(random.nextInt(3));
      } else {
        pieces.add(PIECES.get(random.nextInt(PIECES.size())) + pick(random));
      }
    }
    return text(pieces.toArray());
  }

  private static List<String> values(Random random) {
    return List.of(pick(random) + pick(random), pick(random), "");
  }

  private static String pick(Random random) {
    return PIECES.get(random.nextInt(PIECES.size()));
  }

  private static JsonNode json(TransmissionWriter.Transmission written) {
    return TransmissionScript.json(new String(written.body(), StandardCharsets.UTF_8));
  }

  private static JsonNode golden(String name) {
    try (InputStream in = TransmissionWriterTest.class.getResourceAsStream("/sparkpost/" + name)) {
      return TransmissionScript.json(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
