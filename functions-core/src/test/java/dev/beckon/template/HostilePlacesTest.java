package dev.beckon.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile values in every place of HTML, judged by an independent parser. */
class HostilePlacesTest {
  private static final Set<String> NAMES = Set.of("v", "w");

  private static final List<String> HOSTILE =
      List.of(
          "<script>alert(1)</script>",
          "</p><img src=x onerror=alert(1)>",
          "\" onclick=\"alert(1)",
          "' onmouseover='alert(1)",
          "\"><script>alert(1)</script>",
          "--><script>alert(1)</script>",
          "</title><script>alert(1)</script>",
          "</textarea><script>alert(1)</script>",
          "javascript:alert(1)",
          "JaVaScRiPt:alert(1)",
          " \t\njavascript:alert(1)",
          "\u0001javascript:alert(1)",
          "java\tscript:alert(1)",
          "java\nscript:alert(1)",
          "java\u0000script:alert(1)",
          "&#106;avascript:alert(1)",
          "&#x6A;avascript&colon;alert(1)",
          "&Tab;javascript:alert(1)",
          "javascript&#58;alert(1)",
          "vbscript:msgbox(1)",
          "data:text/html,<script>alert(1)</script>",
          "data:text/html;base64,PHNjcmlwdD4=",
          "//evil.example/x",
          "https://a.example/\"><script>alert(1)</script>",
          "https://a.example/' onclick='alert(1)",
          "https://a.example/\njavascript:alert(1)",
          "http:javascript:alert(1)",
          "httpx://a",
          "feed:javascript:alert(1)",
          "<svg/onload=alert(1)>",
          "<!--",
          "<![CDATA[",
          "]]>",
          "{{ w }}{% if w %}",
          "\uD83D",
          "\uFEFFjavascript:alert(1)",
          "\u00A0javascript:alert(1)",
          "",
          "&lt;script&gt;");

  private static final List<String> PLACES =
      List.of(
          "<p>{{ v }}</p>",
          "<p>{{ v | escape | downcase | replace: 'a', 'a' }}</p>",
          "<title>{{ v }}</title>",
          "<textarea>{{ v }}</textarea>",
          "<p title=\"{{ v }}\">x</p>",
          "<p title='{{ v }}'>x</p>",
          "<p title = \n '{{ v }}' class=x>x</p>",
          "<a href=\"{{ v }}\">x</a>",
          "<a href='{{ v }}'>x</a>",
          "<a HREF=' {{ v }}'>x</a>",
          "<a href=\"{{ v }}:{{ w }}\">x</a>",
          "<a href=\"{{ w }}{{ v }}\">x</a>",
          "<a href=\"{{ v | default: w }}\">x</a>",
          "<a href=\"https://a.example/{{ v }}?q={{ v | url_encode }}#{{ v }}\">x</a>",
          "<a href=\"{% if w %}{{ v }}{% else %}https://a.example/{% endif %}{{ v }}\">x</a>",
          "<a href=\"mailto:{{ v }}\">x</a>",
          "<a href=\"/{{ v }}\">x</a>",
          "<img src=\"{{ v }}\" alt=\"{{ v }}\">",
          "<img src='https://a.example/{{ v }}.png'/>",
          "<form action=\"{{ v }}\"><button formaction='{{ v }}'>x</button></form>",
          "<table background=\"{{ v }}\"><tr><td>{{ v }}</td></tr></table>",
          "<video poster=\"{{ v }}\"></video><blockquote cite='{{ v }}'>q</blockquote>",
          "<svg><a xlink:href=\"{{ v }}\">x</a></svg>",
          "a < b {{ v }} & {{ v }}",
          "<!-- c --><p>{{ v }}</p><style>p{}</style>{{ v }}",
          "<script type='application/ld+json'>{}</script ><p>{{ v }}</p>");

  private static final Set<String> ADDRESSES =
      Set.of("href", "src", "action", "formaction", "background", "poster", "cite", "xlink:href");

  @Test
  void render_hostileValueInEveryPlace_staysText() throws Exception {
    for (String place : PLACES) {
      Template template = Template.compile(place, Mode.HTML, NAMES);
      Document harmless = Jsoup.parse(template.render(name -> "https://a.example/x"));
      for (String v : HOSTILE) {
        for (String w : new String[] {null, "", "script", v}) {
          String html = template.render(name -> name.equals("v") ? v : w);
          Document page = Jsoup.parse(html);
          assertThat(shape(page)).as(html).isEqualTo(shape(harmless));
          assertThat(page.select("script:not([type])")).as(html).isEmpty();
          for (Element element : page.getAllElements()) {
            for (Attribute attribute : element.attributes()) {
              assertThat(attribute.getKey()).as(html).doesNotStartWith("on");
              if (ADDRESSES.contains(attribute.getKey().toLowerCase(Locale.ROOT))) {
                assertHarmless(attribute.getValue(), html);
              }
            }
          }
        }
      }
    }
  }

  /** Reads an address as a browser does: tabs and line ends out, controls and spaces off. */
  private static void assertHarmless(String address, String html) {
    String seen = address.replaceAll("[\\t\\r\\n]", "").replaceAll("^[\\x00-\\x20]+", "");
    assertThat(seen.toLowerCase(Locale.ROOT)).as(html).matches("(?s)(https?://|mailto:|/|#).*");
  }

  private static List<String> shape(Document page) {
    return page.getAllElements().stream()
        .map(element ->
            element.tagName()
                + element.attributes().asList().stream().map(Attribute::getKey).toList())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>{{ v }}</script>",
        "<SCRIPT >var a = '{{ v }}'</SCRIPT>",
        "<script></scriptx>{{ v }}</script>",
        "<script><!-- <script> </script>{{ v }}</script>",
        "<style>p { color: {{ v }} }</style>",
        "<iframe>{{ v }}</iframe>",
        "<!-- {{ v }} -->",
        "<!--[if mso]>{{ v }}<![endif]-->",
        "<!doctype {{ v }}>",
        "<{{ v }}>",
        "</{{ v }}>",
        "<a{{ v }}>",
        "<a {{ v }}>",
        "<a {{ v }}=\"x\">",
        "<a hr{{ v }}=\"x\">",
        "<a href {{ v }}>",
        "<a href={{ v }}>",
        "<a href=x{{ v }}>",
        "<a title={{ v }}>",
        "<a onclick=\"{{ v }}\">",
        "<a ONCLICK='f({{ v }})'>",
        "<a style=\"color: {{ v }}\">",
        "<img srcset=\"{{ v }} 2x\">",
        "<iframe srcdoc=\"{{ v }}\"></iframe>",
        "<script src=\"{{ v }}\"></script>",
        "<meta content=\"0;url={{ v }}\">",
        "<base href=\"{{ v }}\">",
        "<link href='{{ v }}'>",
        "<a href=\"javascript:{{ v }}\">",
        "<a href=\"java\n script:{{ v }}\">",
        "<a href=\"&#106;avascript:{{ v }}\">",
        "<a href=\"data:{{ v }}\">",
        "<a href=\"java{{ v }}\">",
        "<a href=\"{% if w %}javascript:{% endif %}{{ v }}\">",
        "<a href=\"{% if w %}{{ w }}{% endif %}{{ v }}\">",
        "<a {% if w %}href=\"{% endif %}{{ v }}\">",
        "<title></ti{{ v }}",
        "<p title=\"{{ v }}>",
        "<p",
      })
  void compile_placeThatCannotBeSafe_isRefused(String source) {
    assertThatThrownBy(() -> Template.compile(source, Mode.HTML, NAMES))
        .isInstanceOf(TemplateException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<a {% if w %}title=\"{{ w }}\"{% endif %} href=\"{{ v }}\">x</a>",
        "<p class=\"a{% if w %} b{% endif %}\">{% unless w %}<b>{{ v }}</b>{% endunless %}</p>",
        "<!-- {% if w %}a{% endif %} --><a href=\"https://x/{% if w %}y{% endif %}{{ v }}\">x</a>",
        "<!DOCTYPE html><!--[if mso]><table><![endif]--><br/>{{ v }}<!--><p>{{ v }}</p>",
        "1 < 2 <3 {{ v }} </ >",
      })
  void compile_ordinaryHtml_isAccepted(String source) throws Exception {
    assertThat(Template.compile(source, Mode.HTML, NAMES).render(name -> "https://x/")).isNotNull();
  }
}
