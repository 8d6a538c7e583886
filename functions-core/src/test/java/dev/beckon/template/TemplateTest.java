package dev.beckon.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
  private static final Set<String> NAMES = Set.of("first_name", "store", "age", "day");
  private static final Map<String, String> VALUES =
      Map.of("first_name", "zoË 😀", "store", "", "age", "42", "day", "2026-03-01T09:05:07+01:00");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "{{ first_name | capitalize }}; Zoë 😀",
        "{{ first_name | size }}; 5",
        "{{ first_name | slice: -1 }}; 😀",
        "{{ first_name | truncate: 4, '' }}; 'zoË '",
        "{{ store | default: first_name | upcase }}; ZOË 😀",
        "{{ age | number: 2 }}; 42.00",
        "{{ '1234567.885' | number: 2, 'de' }}; 1.234.567,89",
        "{{ '-1234' | number }}; -1,234",
        "{{ first_name | number: 2 }}; zoË 😀",
        "{{ day | date: '%a %A %b %B %d %-d %e %m %y %Y %j %H:%M:%S %%' }}; "
            + "Sun Sunday Mar March 01 1  1 03 26 2026 060 09:05:07 %",
        "{{ first_name | date: '%d' }}; zoË 😀",
        "{{ '2026-02-30' | date: '%d' }}; 2026-02-30",
        "{{ '~ *ä' | url_encode }}; ~+%2A%C3%A4",
        "{{ 'a<' | escape }}; 'a&lt;'",
        "{% if age >= 18 and age < 43 %}yes{% endif %}; yes",
        "{% if first_name > 5 or first_name <= 5 %}yes{% else %}no{% endif %}; no",
        "{% if store %}empty is true{% endif %}; empty is true",
        "{% if store == blank and store == empty and store != nil %}yes{% endif %}; yes",
        "{% if true or false and false %}yes{% endif %}; yes",
        "{% unless age contains '4' %}no{% else %}yes{% endunless %}; yes",
        "{% case age %} {% when 1, 42 %}one{% when 42 %}two{% else %}no{% endcase %}; one",
        "a {%- comment %} {{ x {% endcomment -%} b; ab",
        "{{ '}}' }}{# }; }}{# }",
        "{% # remark %}x; x",
      })
  void render_text_followsLiquid(String source, String expected) throws TemplateException {
    assertThat(Template.compile(source, Mode.TEXT, NAMES).render(VALUES::get)).isEqualTo(expected);
  }

  @Test
  void render_subject_staysOnOneLine() throws TemplateException {
    Template template = Template.compile("Hi\n{{ first_name }}!", Mode.SUBJECT, NAMES);
    assertThat(template.render(name -> "a\r\nBcc: b\u2028\u0085c\u0000"))
        .isEqualTo("Hi a  Bcc: b  c !");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Hi {{ frist_name }}; 1; 7; did you mean first_name?",
        "{{ first_name | upcaes }}; 1; 17; unknown filter \"upcaes\": there are append,",
        "a {{ first_name; 1; 3; never closed",
        "{% if age %}; 1; 1; end it with {% endif %}",
        "{% endif %}; 1; 1; has no block",
        "{% if age %}{% endunless %}; 1; 13; stands where {% endif %} belongs",
        "{% for a in b %}; 1; 1; \"for\" is not allowed",
        "{% include 'a' %}; 1; 1; \"include\" is not allowed",
        "{% assign a = 1 %}; 1; 1; \"assign\" is not allowed",
        "{% capture a %}; 1; 1; \"capture\" is not allowed",
        "{% fro %}; 1; 1; unknown tag",
        "{{ }}; 1; 4; nothing to write",
        "{{ first_name | truncate: 'x' }}; 1; 17; takes a whole number",
        "{{ first_name | append }}; 1; 17; takes 1 arguments, not 0",
        "{{ day | date: '%Q' }}; 1; 10; unknown date directive \"%Q\"",
        "{% if age = 1 %}{% endif %}; 1; 11; use ==",
        "{{ 'abc }}; 1; 4; no closing quote",
        "{{ first_name[0] }}; 1; 14; cannot be used here",
      })
  void compile_mistake_namesPlaceAndRemedy(String source, int line, int column, String message) {
    Problem problem = refused(source).problems().getFirst();
    assertThat(problem.message()).contains(message);
    assertThat(problem.line()).isEqualTo(line);
    assertThat(problem.column()).isEqualTo(column);
  }

  @Test
  void compile_severalMistakes_namesAll() {
    TemplateException refused = refused("{{ a }}\n\n x {{ b | c }}\n{% for %}{% if d %}");
    assertThat(refused.problems())
        .extracting(problem -> problem.line() + ":" + problem.column())
        .containsExactly("1:4", "3:7", "3:11", "4:1", "4:10", "4:16");
  }

  @Test
  @Timeout(60)
  void compile_malformed_throwsNothingElse() {
    String[] pieces = {
      "{{",
      "}}",
      "{%",
      "%}",
      "{%-",
      "-%}",
      "-",
      " if ",
      " endif ",
      " case ",
      " when ",
      "else",
      "comment",
      "endcomment",
      "first_name",
      "|",
      ":",
      ",",
      "\"",
      "'",
      "<",
      ">",
      "=",
      "!",
      "<a href=",
      "<script>",
      "<!--",
      "\n",
      "1.2.3",
      "default",
      "date",
      "%",
      "\uD800",
      "\u0000",
      "{",
      "}",
      "#"
    };
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 1000; i++) {
      StringBuilder source = new StringBuilder();
      for (int j = random.nextInt(60); j >= 0; j--) {
        source.append(pieces[random.nextInt(pieces.length)]);
      }
      Mode mode = Mode.values()[i % 3];
      try {
        Template.compile(source.toString(), mode, NAMES).render(VALUES::get);
      } catch (TemplateException e) {
        assertThat(e.problems()).isNotEmpty();
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(500);
  }

  @Test
  @Timeout(60)
  void compile_hugeMalformed_endsSoon() {
    for (String piece : new String[] {"{{", "{%", "'", "{{'", "<a ", "<!--", "{% if age %}"}) {
      String source = piece.repeat(Template.MAX_SOURCE / piece.length());
      long start = System.nanoTime();
      try {
        Template.compile(source, Mode.HTML, NAMES);
      } catch (TemplateException e) {
        assertThat(e.problems()).hasSizeBetween(1, Problems.MAX);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    }
  }

  @Test
  void render_growingValues_isBounded() throws TemplateException {
    Template append =
        Template.compile("{{ age" + " | append: age".repeat(9) + " }}", Mode.TEXT, NAMES);
    String longValue = "x".repeat(Template.MAX_VALUE / 4);
    assertThatThrownBy(() -> append.render(name -> longValue))
        .isInstanceOf(OutputTooLongException.class);
    Template replace = Template.compile("{{ age | replace: 'x', age }}", Mode.TEXT, NAMES);
    assertThatThrownBy(() -> replace.render(name -> longValue))
        .isInstanceOf(OutputTooLongException.class);
    Template many = Template.compile("{{ age }}".repeat(40), Mode.TEXT, NAMES);
    assertThatThrownBy(() -> many.render(name -> longValue))
        .isInstanceOf(OutputTooLongException.class);
  }

  private static TemplateException refused(String source) {
    TemplateException refused =
        catchThrowableOfType(
            TemplateException.class, () -> Template.compile(source, Mode.TEXT, NAMES));
    assertThat(refused).as(source).isNotNull();
    return refused;
  }
}
