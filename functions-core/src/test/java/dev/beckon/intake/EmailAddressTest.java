package dev.beckon.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmailAddressTest {

  @ParameterizedTest
  @CsvSource({
    "ada@example.org, ada@example.org",
    "' ada@example.org ', ada@example.org",
    "Ada.Love+tag@Example.ORG, Ada.Love+tag@example.org",
    "o'brien@example.org, o'brien@example.org",
    "a_b-c=d/e@mail.example.co.uk, a_b-c=d/e@mail.example.co.uk",
    "josé@example.org, josé@example.org",
    "用户@例子.广告, 用户@xn--fsqu00a.xn--4rr70v",
    "post@müller.de, post@xn--mller-kva.de",
    "a@x1.example, a@x1.example",
  })
  void check_sound_givesTheFormToSendTo(String text, String address) {
    assertThat(EmailAddress.check(text)).isEqualTo(new AddressCheck.Sound(address));
  }

  @ParameterizedTest
  @CsvSource({
    "'', email-missing",
    "'   ', email-missing",
    "Ada <ada@example.org>, email-display-name",
    "'a@example.org,b@example.org', email-several",
    "a@example.org;b@example.org, email-several",
    "ada love@example.org, email-space",
    "'a@example.org\tb', email-space",
    "example.org, email-no-at",
    "a@b@example.org, email-two-at",
    "@example.org, email-local-part",
    ".ada@example.org, email-local-part",
    "ada.@example.org, email-local-part",
    "a..b@example.org, email-local-part",
    "\"a\"@example.org, email-local-part",
    "a\\b@example.org, email-local-part",
    "ada@, email-domain",
    "ada@localhost, email-domain",
    "ada@.org, email-domain",
    "ada@example..org, email-domain",
    "ada@-example.org, email-domain",
    "ada@example.123, email-domain",
    "ada@[127.0.0.1], email-domain",
    "ada@127.0.0.1, email-domain",
    "ada@exa_mple.org, email-domain",
    "ada@example.org., email-domain",
  })
  void check_atFault_namesTheFaultAndNotTheAddress(String text, String code) {
    assertThat(EmailAddress.check(text))
        .isInstanceOfSatisfying(
            AddressCheck.Refused.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(code);
              if (!text.isBlank()) {
                assertThat(refused.message()).doesNotContain(text);
              }
            });
  }

  @Test
  void check_lineBreaks_areRefused() {
    assertThat(code("ada@example.org\r\nBcc: x@example.org")).isEqualTo("email-space");
    assertThat(code("a\0da@example.org")).isEqualTo("email-space");
    assertThat(code("ada@example\u2028.org")).isEqualTo("email-space");
  }

  @Test
  void check_lengths_areThoseOfRfc5321() {
    String label = "d".repeat(61) + ".";
    assertThat(code("a".repeat(64) + "@example.org")).isEmpty();
    assertThat(code("a".repeat(65) + "@example.org")).isEqualTo("email-too-long");
    assertThat(code("é".repeat(33) + "@example.org")).isEqualTo("email-too-long");
    assertThat(code("a".repeat(64) + "@" + label.repeat(3) + "de")).isEmpty();
    assertThat(code("a".repeat(64) + "@" + label.repeat(3) + "dede.de"))
        .isEqualTo("email-too-long");
    assertThat(code("a@" + "d".repeat(64) + ".org")).isEqualTo("email-domain");
  }

  private static String code(String text) {
    return EmailAddress.check(text) instanceof AddressCheck.Refused refused ? refused.code() : "";
  }
}
