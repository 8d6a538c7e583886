package dev.beckon.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmailAddressTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          anna@example.org                | anna@example.org
          ` Anna.B+x@Example.ORG `        | Anna.B+x@example.org
          o'neil@example.org              | o'neil@example.org
          "anna"@example.org              | anna@example.org
          "a b@c"@example.org             | "a b@c"@example.org
          "a\\"b"@example.org             | "a\\"b"@example.org
          a@b.co                          | a@b.co
          anna@bücher.example             | anna@xn--bcher-kva.example
          anna@xn--fuball-cta.example     | anna@xn--fuball-cta.example
          anna@例え。テスト               | anna@xn--r8jz45g.xn--zckzah
          ÄNNA@example.org                | ÄNNA@example.org
          a_b-c=d/e@mail.example.co.uk | a_b-c=d/e@mail.example.co.uk
          用户@例子.广告 | 用户@xn--fsqu00a.xn--4rr70v
          anna@1and1.example              | anna@1and1.example
          """)
  void check_validAddress_normalises(String written, String address) {
    assertThat(EmailAddress.check(written)).isEqualTo(new AddressCheck.Sound(address));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `  `                              | email-missing
          `anna\u0000@example.org`          | email-control
          `anna@exa\nmple.org`              | email-control
          `an\u200bna@example.org`          | email-hidden
          `an\ufffdna@example.org`          | email-damaged-text
          mailto:anna@example.org           | email-mailto
          'anna@example.org                 | email-apostrophe
          Anna <anna@example.org>           | email-display-name
          "Anna" <anna@example.org>         | email-display-name
          <anna@example.org>                | email-display-name
          anna@example.org, bo@example.org  | email-several
          anna@example.org;bo@example.org   | email-several
          anna@example.org bo@example.org   | email-several
          anna.example.org                  | email-no-at
          anna@@example.org                 | email-two-at
          anna@example@org                  | email-two-at
          anna@example.org.                 | email-trailing
          anna@example.org,                 | email-trailing
          an na@example.org                 | email-space
          anna@exam ple.org                 | email-space
          `anna@exam\u00a0ple.org`          | email-space
          "anna@example.org                 | email-quotes
          an"na"@example.org                | email-quotes
          ""@example.org                    | email-quotes
          "anna"b@example.org               | email-quotes
          @example.org                      | email-no-local
          .anna@example.org                 | email-local-dots
          anna.@example.org                 | email-local-dots
          an..na@example.org                | email-local-dots
          an(x)na@example.org               | email-local-character
          anna@                             | email-no-domain
          anna@[192.0.2.1]                  | email-literal
          anna@localhost                    | email-domain-no-dot
          anna@example..org                 | email-domain-dots
          anna@.example.org                 | email-domain-dots
          anna@exa_mple.org                 | email-domain-character
          anna@-example.org                 | email-domain-label
          anna@example-.org                 | email-domain-label
          anna@192.0.2.1                    | email-domain-number
          anna@straße.example               | email-domain-idn
          """)
  void check_damagedAddress_namesDamageButNotAddress(String written, String code) {
    AddressCheck.Refused problem = refusal(EmailAddress.check(written));
    assertThat(problem.code()).isEqualTo(code);
    assertThat(problem.message()).doesNotContain("anna", "example.org").isNotBlank();
  }

  @Test
  void check_sizes_followRfc5321() {
    String label = "d".repeat(63);
    assertThat(EmailAddress.check("a".repeat(64) + "@example.org"))
        .isInstanceOf(AddressCheck.Sound.class);
    assertThat(refusal(EmailAddress.check("a".repeat(65) + "@example.org")).code())
        .isEqualTo("email-local-too-long");
    assertThat(refusal(EmailAddress.check("ä".repeat(33) + "@example.org")).code())
        .isEqualTo("email-local-too-long");
    assertThat(refusal(EmailAddress.check("a@" + label + "d.org")).code())
        .isEqualTo("email-domain-label");
    String domain = label + "." + label + "." + label + "."; // 192
    assertThat(EmailAddress.check("a@" + domain + "d".repeat(60)))
        .isInstanceOf(AddressCheck.Sound.class);
    assertThat(refusal(EmailAddress.check("a@" + domain + "d".repeat(61))).code())
        .isEqualTo("email-too-long");
    assertThat(refusal(EmailAddress.check("a".repeat(100_000))).code()).isEqualTo("email-too-long");
  }

  @Test
  void toString_always_isMasked() {
    assertThat(EmailAddress.check("anna@example.org").toString()).doesNotContain("anna");
  }

  @Test
  void check_randomText_answersAndItsAnswerIsStable() {
    Random random = new Random(7);
    String alphabet = "ab.@\"\\ <>,;'-_ßüé例。\u0000\u200b\ud83d\ude00\ud83d[]:1";
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(20); n > 0; n--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      if (EmailAddress.check(text.toString()) instanceof AddressCheck.Sound sound) {
        assertThat(EmailAddress.check(sound.address())).isEqualTo(sound);
      }
    }
  }

  private static AddressCheck.Refused refusal(AddressCheck checked) {
    assertThat(checked).isInstanceOf(AddressCheck.Refused.class);
    return (AddressCheck.Refused) checked;
  }
}
