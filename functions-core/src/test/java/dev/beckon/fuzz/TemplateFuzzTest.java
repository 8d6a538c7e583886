package dev.beckon.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.template.Mode;
import dev.beckon.template.OutputTooLongException;
import dev.beckon.template.SurveyLinks;
import dev.beckon.template.Template;
import dev.beckon.template.TemplateException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TemplateFuzzTest {
  private static final Set<String> NAMES = Set.of("first_name", "store", "age", "day", "url");
  private static final List<String> SOUND =
      List.of(
          "Hello {{ first_name }}, all of us at {{ store }} say thank you for your visit on {{ day }}",
          "Hello {{ first_name | default: \"you\" | capitalize | truncate: 20, \"…\" }},\n"
              + "{% if age >= 18 and store contains 'a' or first_name == blank %}adult"
              + "{% elsif age < 3 %}{{ age | number: 2 }}{% else %}child{%- endif -%}\n"
              + "{% case store %}{% when 'a', \"b\" %}A{% when nil %}-{% else %}B{% endcase %}"
              + "{% unless age == 1 %}{{ day | date: '%d.%m.%Y' }}{% endunless %}"
              + "{% comment %} {{ nothing }} {% endcomment %}{{ url | url_encode }} {{ survey_link }}",
          "<!doctype html><html><head><style>p{color:red}</style></head><body>"
              + "<p class=\"a\" title='{{ store }}'>{{ first_name | escape }}</p>"
              + "<a href=\"{{ url }}?s={{ store | url_encode }}\">x</a><!-- {{ x }} -->"
              + "{% if age %}<b>{{ age }}</b>{% else %}<i></i>{% endif %}"
              + "<img src=\"https://a.example/{{ store | url_encode }}.png\" alt=\"\"></body></html>");
  private static final String LINK =
      "https://survey.example/{token}/a?s={store}&l={language}#{first_name}";

  @Test
  void compile_damagedTemplates_areRefusedByLineAndColumnOrRender() {
    Map<String, Integer> outcomes =
        Fuzz.of("template", 200)
            .run(
                random -> new Mangler(random).text(SOUND.get(random.nextInt(SOUND.size()))),
                source -> {
                  String word = "refused";
                  for (Mode mode : Mode.values()) {
                    word = compile(source, mode) ? "rendered" : word;
                  }
                  return word;
                });
    assertThat(outcomes.get("refused")).isGreaterThan(100);
    assertThat(outcomes.get("rendered")).isGreaterThan(50);
  }

  private static boolean compile(String source, Mode mode) {
    try {
      Template template = Template.compile(source, mode, NAMES);
      for (int values = 0; values < 20; values++) {
        render(template, new Random(values));
      }
      return true;
    } catch (TemplateException e) {
      places(e, source);
      return false;
    }
  }

  private static void render(Template template, Random random) {
    Mangler mangler = new Mangler(random);
    try {
      String out = template.render(name -> random.nextInt(4) == 0 ? null : mangler.hostile());
      assertThat(out.length()).isLessThanOrEqualTo(Template.MAX_OUTPUT);
    } catch (OutputTooLongException e) {
      assertThat(e.getMessage()).hasSizeLessThan(300);
    }
  }

  private static void places(TemplateException e, String source) {
    long lines = source.chars().filter(c -> c == '\n').count() + 1;
    assertThat(e.problems())
        .isNotEmpty()
        .hasSizeLessThanOrEqualTo(25)
        .allSatisfy(problem -> {
          assertThat((long) problem.line()).isBetween(1L, lines);
          assertThat(problem.column()).isBetween(1, source.length() + 1);
          assertThat(problem.toString()).hasSizeLessThan(1_000);
        });
    assertThat(e.getMessage()).hasSizeLessThan(30_000);
  }

  @Test
  void compile_damagedLinks_areRefusedByPlaceOrBecomeLinks() {
    Map<String, Integer> outcomes =
        Fuzz.of("survey link", 50)
            .run(
                random -> new Mangler(random).text(LINK),
                pattern -> {
                  try {
                    SurveyLinks links = SurveyLinks.compile(pattern, NAMES);
                    Mangler mangler = new Mangler(new Random(pattern.length()));
                    try {
                      String link = links.link(name -> mangler.hostile());
                      assertThat(link).startsWithIgnoringCase("http").matches("[!-~]+");
                    } catch (OutputTooLongException e) {
                      return "too long";
                    }
                    return "linked";
                  } catch (TemplateException e) {
                    places(e, pattern);
                    return "refused";
                  }
                });
    assertThat(outcomes.get("refused")).isGreaterThan(100);
    assertThat(outcomes.get("linked")).isGreaterThan(50);
  }
}
