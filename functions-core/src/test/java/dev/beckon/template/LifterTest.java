package dev.beckon.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LifterTest {
  private static final int CASES = 5_000;
  private static final Set<String> FIELDS = Set.of("a", "b", "c", "token");
  private static final Set<String> NAMES =
      Set.of("a", "b", "c", "token", "language", "survey_link", "unsubscribe_link");
  private static final List<String> VALUES =
      List.of(
          "",
          " ",
          "Ada",
          "{{ a }}",
          "{{{v0}}}",
          "}}",
          "{",
          "\"quoted\" 'twice'",
          "<script>alert(1)</script>",
          "$1 \\1 \\\\ \\u0041",
          "🎉𝔸",
          "\uD83C",
          "a\r\nBcc: b",
          "\u2028\u0000",
          "javascript:alert(1)",
          "https://example.org/?a=1&b=2",
          "&amp; 100 %",
          "{% if a %}");
  private static final List<String> LITERALS =
      List.of(
          "x ", "{ ", "}", "}}", "}}}", " { ", "é🎉", "\"", "$0\\", "%} ", "<b>&amp;</b>", "\n");
  private static final List<String> FILTERS =
      List.of(
          " | upcase",
          " | default: \"there\"",
          " | truncate: 4",
          " | url_encode",
          " | escape",
          " | append: b",
          " | replace: \"a\", c",
          " | size");

  @Test
  void expand_randomTemplatesAndValues_equalsTheOrdinaryRendering() throws TemplateException {
    Random random = new Random(20261121);
    for (int i = 0; i < CASES; i++) {
      SurveyLinks survey = SurveyLinks.compile(survey(random), FIELDS);
      SurveyLinks unsubscribe = SurveyLinks.toToken("https://beckon.example/{x}?a&b=");
      List<Template> parts =
          List.of(
              Template.compile(source(random, false), Mode.SUBJECT, NAMES),
              Template.compile(source(random, false), Mode.TEXT, NAMES),
              Template.compile(source(random, true), Mode.HTML, NAMES));
      Lifter lifter =
          new Lifter(
              Map.of("survey_link", survey, "unsubscribe_link", unsubscribe),
              Map.of("language", "en-GB"));
      parts.forEach(lifter::add);
      lifter.add(unsubscribe);
      Lifted lifted = lifter.lift();

      for (int recipient = 0; recipient < 3; recipient++) {
        Map<String, String> fields = new HashMap<>();
        for (String name : List.of("a", "b", "c", "token")) {
          if (random.nextInt(6) > 0) {
            fields.put(name, pick(VALUES, random));
          }
        }
        String token = "t-" + random.nextInt(1_000);
        Values ofLinks =
            name ->
                switch (name) {
                  case "token" -> token;
                  case "language" -> "en-GB";
                  default -> fields.get(name);
                };
        Values values =
            name ->
                switch (name) {
                  case "survey_link" -> survey.link(ofLinks);
                  case "unsubscribe_link" -> unsubscribe.link(ofLinks);
                  case "language" -> "en-GB";
                  default -> fields.get(name);
                };
        List<String> made = lifted.values(values, ofLinks);

        List<String> expected = new ArrayList<>();
        parts.forEach(part -> expected.add(part.render(values)));
        expected.add(unsubscribe.link(ofLinks));
        assertThat(lifted.parts().stream().map(part -> part.expand(made)))
            .as("case %s", i)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void lift_linkInAllParts_onlyItsTokenVaries() throws TemplateException {
    SurveyLinks survey =
        SurveyLinks.compile("https://s.example/{token}?l={language}&x=1", Set.of());
    Lifter lifter = new Lifter(Map.of("survey_link", survey), Map.of("language", "de"));
    lifter.add(Template.compile("Los: {{ survey_link }}.", Mode.TEXT, NAMES));
    lifter.add(Template.compile("<a href=\"{{ survey_link }}\">los</a>", Mode.HTML, NAMES));

    Lifted lifted = lifter.lift();

    assertThat(lifted.parts())
        .containsExactly(
            new SharedText(
                List.of(
                    new Segment.Text("Los: https://s.example/"),
                    new Segment.Variable(0),
                    new Segment.Text("?l=de&x=1."))),
            new SharedText(
                List.of(
                    new Segment.Text("<a href=\"https://s.example/"),
                    new Segment.Variable(0),
                    new Segment.Text("?l=de&amp;x=1\">los</a>"))));
    assertThat(lifted.values(name -> "no", name -> "t0k")).containsExactly("t0k");
  }

  @Test
  void lift_sameValueOftenAndAnotherPart_oneVariableForEachEscaping() throws TemplateException {
    Lifter lifter = new Lifter(Map.of(), Map.of());
    lifter.add(Template.compile("{{ a }}{{ a }}{{ b }}", Mode.TEXT, NAMES));
    lifter.add(Template.compile("{{ b }}", Mode.TEXT, NAMES));
    lifter.add(Template.compile("{{ a }}", Mode.HTML, NAMES));

    assertThat(lifter.lift().values(name -> name + "&", name -> null))
        .containsExactly("a&", "b&", "a&amp;");
  }

  @Test
  void lift_partWithBlocks_isOneVariable() throws TemplateException {
    Lifter lifter = new Lifter(Map.of(), Map.of());
    lifter.add(Template.compile("{% if a %}Hi {{ a }}{% endif %}!", Mode.TEXT, NAMES));
    lifter.add(Template.compile("{% if b %}x{% endif %}", Mode.TEXT, NAMES));

    Lifted lifted = lifter.lift();

    assertThat(lifted.parts().getFirst().segments()).containsExactly(new Segment.Variable(0));
    assertThat(lifted.values(name -> "Ada", name -> null)).containsExactly("Hi Ada!", "x");
  }

  @Test
  void values_beyondTheBoundsOfARendering_areRefused() throws TemplateException {
    String longest = "x".repeat(Template.MAX_VALUE);
    Lifter lifter = new Lifter(Map.of(), Map.of());
    lifter.add(Template.compile("{{ a }}".repeat(9), Mode.TEXT, NAMES));
    Lifted repeated = lifter.lift();
    SurveyLinks survey = SurveyLinks.compile("https://s.example/{token}?a={a}", FIELDS);
    Lifter links = new Lifter(Map.of("survey_link", survey), Map.of());
    links.add(Template.compile("{{ survey_link }}", Mode.TEXT, NAMES));
    Lifted linked = links.lift();

    assertThatThrownBy(() -> repeated.values(name -> longest, name -> null))
        .isInstanceOf(OutputTooLongException.class);
    assertThatThrownBy(() -> linked.values(name -> longest, name -> longest))
        .isInstanceOf(OutputTooLongException.class);
  }

  private static String survey(Random random) {
    return pick(
        List.of(
            "https://s.example/{token}",
            "http://s.example/x?t={token}&a={a}&l={language}",
            "https://s.example/{a}/{token}{b}#{c}"),
        random);
  }

  private static String source(Random random, boolean html) {
    StringBuilder out = new StringBuilder();
    for (int i = random.nextInt(7); i >= 0; i--) {
      String output = output(random);
      out.append(
          switch (random.nextInt(html ? 8 : 5)) {
            case 0, 1 -> pick(LITERALS, random);
            case 2 ->
                random.nextInt(10) == 0 ? "{% if a %}" + output + "{% else %}-{% endif %}" : output;
            case 3, 4 -> output;
            case 5 -> "<a href=\"" + output + "\">x</a>";
            case 6 -> "<a href=\"https://x.example/?q=" + output + "&amp;y=1\">x</a>";
            default -> "<p title='" + output + "'>" + output + "</p>";
          });
    }
    return out.toString();
  }

  private static String output(Random random) {
    String start =
        random.nextInt(8) == 0
            ? pick(List.of("\"<q>\"", "\"{{\"", "7", "true", "nil"), random)
            : pick(
                List.of("a", "b", "c", "token", "language", "survey_link", "unsubscribe_link"),
                random);
    return (random.nextBoolean() ? "{{ " : "{{- ")
        + start
        + (random.nextInt(3) == 0 ? pick(FILTERS, random) : "")
        + " }}";
  }

  private static <T> T pick(List<T> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }
}
