package dev.beckon.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No value leaves the place it stands in; places that cannot be kept are refused. */
class HtmlSafetyTest {
  private static final Set<String> NAMES = Set.of("v", "w");

  private static final List<String> HOSTILE =
      List.of(
          "<script>alert(1)</script>",
          "\"><script>alert(1)</script>",
          "'><img src=x onerror=alert(1)>",
          "\" onmouseover=\"alert(1)",
          "' onclick='alert(1)",
          "--><script>alert(1)</script>",
          "</title><script>alert(1)</script>",
          "</textarea><img src=x onerror=alert(1)>",
          "javascript:alert(1)",
          "JaVaScRiPt:alert(1)",
          " javascript:alert(1)",
          "java\nscript:alert(1)",
          "java\u0000script:alert(1)",
          "\u0001javascript:alert(1)",
          "javascript&colon;alert(1)",
          "&#106;avascript:alert(1)",
          "data:text/html,<script>alert(1)</script>",
          "vbscript:msgbox(1)",
          "https://ok.example/\" onclick=\"alert(1)",
          "https://ok.example/<script>",
          "{{ w }}{% if w %}",
          "&lt;script&gt;",
          "\u2028<script>",
          "`onload=alert(1)`");

  private static final List<String> PLACES =
      List.of(
          "<p>{{ v }}</p>",
          "<p>&{{ v }}</p>",
          "<p>< {{ v }}</p>",
          "<title>{{ v }}</title><p>x</p>",
          "<textarea>{{ v }}</textarea>",
          "<p title=\"{{ v }}\">x</p>",
          "<p title='{{ v }}'>x</p>",
          "<p class=\"a {{ v }} b\" title='{{ w }}'>x</p>",
          "<a href=\"{{ v }}\">x</a>",
          "<a href='{{ v }}'>x</a>",
          "<A HREF = \" {{ v }}\">x</A>",
          "<a href=\"{{ v }}&amp;rating=5\">x</a>",
          "<a href=\"https://ok.example/{{ v }}?a={{ w }}\">x</a>",
          "<a href=\"https://ok.example/?a={{ v | url_encode }}\">x</a>",
          "<a href=\"https://ok.example/?a={{ v | url_encode | append: v }}\">x</a>",
          "<a href=\"/{{ v }}\">x</a>",
          "<a href=\"{% if v %}{{ v }}{% else %}https://ok.example{% endif %}#{{ v }}\">x</a>",
          "<p{% if v %} title=\"{{ v }}\"{% endif %}>x</p>",
          "<img src=\"{{ v }}\" alt=\"{{ v }}\">",
          "<svg><a xlink:href=\"{{ v }}\">x</a></svg>",
          "<form action=\"{{ v }}\"><button formaction=\"{{ v }}\">x</button></form>",
          "<p>{{ v | escape }}</p>",
          "<p>{{ v | upcase }}{{ v | append: v }}</p>",
          "<script>1</script><p>{{ v }}</p>",
          "<!-- a --><p>{{ v }}</p>",
          "<style>a{}</style><p>{{ v }}</p>");

  @Test
  void render_hostileValues_stayWhereTheyStand() throws TemplateException {
    for (String place : PLACES) {
      Template template = Template.compile(place, Mode.HTML, NAMES);
      Document harmless = Jsoup.parse(template.render(name -> "https://ok.example/"));
      for (String value : HOSTILE) {
        String html = template.render(name -> value);
        Document document = Jsoup.parse(html);
        assertThat(shape(document))
            .as("%s with %s: %s", place, value, html)
            .isEqualTo(shape(harmless));
        for (Element element : document.getAllElements()) {
          for (Attribute attribute : element.attributes()) {
            if (Html.isAddress(attribute.getKey())) {
              assertThat(attribute.getValue().strip().toLowerCase(Locale.ROOT))
                  .as("%s with %s: %s", place, value, html)
                  .matches(address ->
                      address.startsWith("http")
                          || address.startsWith("#")
                          || address.startsWith("/"));
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>var a = \"{{ v }}\";</script>",
        "<SCRIPT >{{ v }}</SCRIPT>",
        "<style>p { color: {{ v }} }</style>",
        "<!-- {{ v }} -->",
        "<!--[if mso]>{{ v }}<![endif]-->",
        "<!{{ v }}>",
        "<?{{ v }}>",
        "<!DOCTYPE {{ v }}>",
        "<{{ v }}>",
        "</{{ v }}>",
        "<p{{ v }}>",
        "<p {{ v }}>",
        "<p {{ v }}=\"x\">",
        "<p data-{{ v }}=\"x\">",
        "<p title={{ v }}>",
        "<p title=a{{ v }}>",
        "<p onclick=\"{{ v }}\">",
        "<p ONCLICK='f({{ v }})'>",
        "<p style=\"color: {{ v }}\">",
        "<iframe srcdoc=\"{{ v }}\"></iframe>",
        "<img srcset=\"{{ v }} 2x\">",
        "<script src=\"{{ v }}\"></script>",
        "<base href=\"{{ v }}\">",
        "<link href=\"{{ v }}\" rel=stylesheet>",
        "<meta http-equiv=\"refresh\" content=\"0;url={{ v }}\">",
        "<a href=\"javascript:f('{{ v }}')\">x</a>",
        "<a href=\"java{{ v }}\">x</a>",
        "<a href=\"&#106;avascript:{{ v }}\">x</a>",
        "<a href=\"data:text/html,{{ v }}\">x</a>",
        "<a href=\"{% if v %}https://ok.example/{% endif %}{{ v }}\">x</a>",
        "<p{% if v %} title=\"{% endif %}>{{ v }}",
        "<p {% if v %}a{% else %}href{% endif %}=\"{{ v }}\">x</p>",
        "<{% if v %}p{% else %}script{% endif %}>{{ v }}",
        "{% if v %}<script>{% endif %}{{ v }}{% if v %}</script>{% endif %}",
        "{% if v %}<!--{% endif %}{{ v }}-->",
        "<title><a href=\"{{ v }}\"></title>",
        "<title></tit{{ v }}le></title>",
        "<script><!--<script></script>{{ v }}</script>",
        "<noscript>{{ v }}</noscript>",
        "<p title=\"{{ v }}>x</p>",
      })
  void compile_unsafePlace_isRefused(String source) {
    TemplateException refused =
        catchThrowableOfType(
            TemplateException.class, () -> Template.compile(source, Mode.HTML, NAMES));
    assertThat(refused).as(source).isNotNull();
    assertThat(refused.problems()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://ok.example/a?b=1&c=2 | https://ok.example/a?b=1&amp;c=2",
        "HTTP://ok.example | HTTP://ok.example",
        "ftp://ok.example | #",
        "javascript:alert(1) | #",
        "//ok.example | #",
        "https://ok.example/a b | #",
      })
  void render_addressAttribute_acceptsOnlyWebAddresses(String value, String expected)
      throws TemplateException {
    Template template = Template.compile("<a href=\"{{ v }}\">", Mode.HTML, NAMES);
    assertThat(template.render(name -> value)).isEqualTo("<a href=\"" + expected + "\">");
  }

  @Test
  void render_withinAddress_isPercentEncodedOnce() throws TemplateException {
    Template template =
        Template.compile(
            "<a href=\"https://ok.example/{{ v }}?q={{ v | url_encode }}\">", Mode.HTML, NAMES);
    assertThat(template.render(name -> "ä /&"))
        .isEqualTo("<a href=\"https://ok.example/%C3%A4%20%2F%26?q=%C3%A4+%2F%26\">");
  }

  /** The elements and the names of their attributes: what a value must never change. */
  private static List<String> shape(Document document) {
    return document.getAllElements().stream()
        .map(e -> e.tagName() + e.attributes().asList().stream().map(Attribute::getKey).toList())
        .toList();
  }
}
