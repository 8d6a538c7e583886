package dev.beckon.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurveyLinksTest {
  private static final Set<String> NAMES = Set.of("store", "city");

  @Test
  void link_values_arePercentEncoded() throws TemplateException {
    SurveyLinks links =
        SurveyLinks.compile(
            "https://survey.example/{token}?store={store}&lang={language}&city={city}", NAMES);
    Map<String, String> values =
        Map.of("token", "t-0_k~", "store", "Café & Co/😀\uD800#?", "language", "de");
    assertThat(links.link(values::get))
        .isEqualTo(
            "https://survey.example/t-0_k~?store=Caf%C3%A9%20%26%20Co%2F%F0%9F%98%80%EF%BF%BD%23%3F"
                + "&lang=de&city=");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "https://survey.example/; no {token}",
        "ftp://survey.example/{token}; must begin with https:// or http://",
        "{token}; must begin with https:// or http://",
        "javascript:alert({token}); must begin with https:// or http://",
        "https:///{token}; names no host",
        "https://{token}; cannot be part of scheme or host",
        "https://{store}.example/{token}; cannot be part of scheme or host",
        "https://survey.example:{store}/{token}; cannot be part of scheme or host",
        "https://a@survey.example/{token}; a user before its host",
        "https://survey.example/{token}?s={stor}; did you mean store?",
        "https://survey.example/{token}?s={store; never closed",
        "https://survey.example/{token}?s=a b; cannot stand in a link",
        "https://survey.example/{token}}; cannot stand in a link",
      })
  void compile_mistake_namesRemedy(String pattern, String message) {
    TemplateException refused =
        catchThrowableOfType(TemplateException.class, () -> SurveyLinks.compile(pattern, NAMES));
    assertThat(refused).as(pattern).isNotNull();
    assertThat(refused).hasMessageContaining(message);
  }
}
