package dev.beckon.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** The templates we hand out as samples compile and render. */
class SampleTemplatesTest {
  private static final Path SAMPLES = Path.of("../samples");
  private static final Set<String> FIELDS =
      Set.of("first_name", "store", "city", "visit_date", "order_id", "order_url", "amount");

  @Test
  void compile_sampleAccount_hasNoProblems() throws IOException, TemplateException {
    JsonNode account = new ObjectMapper().readTree(SAMPLES.resolve("account.json").toFile());
    int compiled = 0;
    for (JsonNode dispatch : account.get("dispatches")) {
      Set<String> fields = new HashSet<>();
      dispatch.get("fields").fieldNames().forEachRemaining(fields::add);
      SurveyLinks links = SurveyLinks.compile(dispatch.get("surveyLink").asText(), fields);
      assertThat(links.link(Map.of("token", "t")::get)).startsWith("https://survey.example/t?");
      Set<String> names = withBuiltIns(fields);
      for (JsonNode language : dispatch.get("templates")) {
        for (JsonNode channel : language) {
          for (Map.Entry<String, JsonNode> part : channel.properties()) {
            Template template = compile(part.getKey(), part.getValue().asText(), names);
            assertThat(template.render(name -> null)).doesNotContain("{{").doesNotContain("{%");
            compiled++;
          }
        }
      }
    }
    assertThat(compiled).isGreaterThanOrEqualTo(8);
  }

  @Test
  void render_htmlSample_linksLeadToTheSurvey() throws IOException, TemplateException {
    String html = read("templates/store-visit.en.html");
    Map<String, String> values = values();
    String rendered = Template.compile(html, Mode.HTML, withBuiltIns(FIELDS)).render(values::get);
    Document document = Jsoup.parse(rendered);
    List<String> links = document.select("a").eachAttr("href");
    assertThat(links)
        .contains(
            "https://survey.example/t0k?store=Caf%C3%A9&lang=en",
            "https://survey.example/t0k?store=Caf%C3%A9&lang=en&rating=5",
            "https://orders.example/1?a=1&b=2",
            "https://beckon.example/u/t0k");
    assertThat(document.text())
        .contains("Hello <b>Zoë</b> & co,", "on 01 March 2026", "Order A&1", "Total €4.50");
    assertThat(document.select("b").stream().map(Element::text)).isEmpty();
  }

  @Test
  void render_textSample_writesValuesAsTheyAre() throws IOException, TemplateException {
    Template template =
        Template.compile(read("templates/store-visit.de.txt"), Mode.TEXT, withBuiltIns(FIELDS));
    Map<String, String> values = values();
    assertThat(template.render(values::get))
        .contains("Hallo <b>Zoë</b> & co,", "am 01.03.2026.", "Ihre Bestellung: A&1, 4,50 EUR");
    assertThat(template.isStraightLine()).isFalse();
  }

  private static Map<String, String> values() {
    Map<String, String> values = new HashMap<>();
    values.put("first_name", "<b>Zoë</b> & co");
    values.put("store", "Café");
    values.put("visit_date", "2026-03-01");
    values.put("order_id", "A&1");
    values.put("order_url", "https://orders.example/1?a=1&b=2");
    values.put("amount", "4.50");
    values.put("survey_link", "https://survey.example/t0k?store=Caf%C3%A9&lang=en");
    values.put("unsubscribe_link", "https://beckon.example/u/t0k");
    return values;
  }

  private static Template compile(String part, String source, Set<String> names)
      throws IOException, TemplateException {
    Mode mode =
        switch (part) {
          case "subject" -> Mode.SUBJECT;
          case "html" -> Mode.HTML;
          default -> Mode.TEXT;
        };
    String text = source.startsWith("@") ? read(source.substring(1)) : source;
    return Template.compile(text, mode, names);
  }

  private static Set<String> withBuiltIns(Set<String> fields) {
    Set<String> names = new HashSet<>(fields);
    names.addAll(Set.of("survey_link", "unsubscribe_link", "language"));
    return names;
  }

  private static String read(String file) throws IOException {
    return Files.readString(SAMPLES.resolve(file));
  }
}
