package dev.beckon.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneNumberTest {
  private final PhoneNumber numbers = new PhoneNumber();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          +49 30 123456            |    | +4930123456
          +49 (0)30 / 123456       |    | +4930123456
          +4915123456789           |    | +4915123456789
          0049 151 23456789        |    | +4915123456789
          tel:+49-151-23456789     |    | +4915123456789
          '+4915123456789          |    | +4915123456789
          `\u202a+4915123456789\u202c` | | +4915123456789
          ＋４９15123456789        |    | +4915123456789
          0151 23456789            | DE | +4915123456789
          15123456789              | DE | +4915123456789
          4915123456789            | DE | +4915123456789
          0049 151 23456789        | DE | +4915123456789
          0049 151 23456789        | US | +4915123456789
          (202) 555-0123           | US | +12025550123
          ٠١٠١٢٣٤٥٦٧٨              | EG | +201012345678
          +919876543210            | US | +919876543210
          98765 43210              | IN | +919876543210
          +44 (0)20 7946 0958      |    | +442079460958
          011 49 30 901820         | US | +4930901820
          (030) 90-18-20           | de | +4930901820
          2025550123               | US | +12025550123
          030 123456               | DE | +4930123456
          """)
  void check_validNumber_givesE164(String written, String country, String e164) {
    assertThat(numbers.check(written, country)).as(written).isEqualTo(new AddressCheck.Sound(e164));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ` `                        | DE | phone-missing
          '                          | DE | phone-missing
          9.2E+11                    | DE | phone-scientific
          9,19877E+11                |    | phone-scientific
          4E+12                      |    | phone-scientific
          ####                       | DE | phone-hashes
          4915123456789.0            | DE | phone-decimal
          `+49151\u000023456789`     | DE | phone-control
          `0151\ufffd23456789`       | DE | phone-damaged-text
          0151 23456789, 0152 234567 | DE | phone-several
          +4915123456789/+4915223456 |    | phone-several
          +49 30 123456 ext. 12      |    | phone-extension
          +49 30 123456 x12          |    | phone-extension
          +4930123456;ext=12         |    | phone-extension
          1-800-FLOWERS              | US | phone-letters
          anna@example.org           | DE | phone-letters
          not known                  | DE | phone-letters
          ="0151"                    | DE | phone-character
          4915123456789              |    | phone-lost-plus
          447400123456               | DE | phone-lost-plus
          919876543210               | US | phone-lost-plus
          0151 23456789              |    | phone-no-country
          +999 123456789             |    | phone-country-code
          +49 1                      |    | phone-too-short
          +1 202 555                 |    | phone-too-short
          +1 202 555 0123 4567       |    | phone-too-long
          +1 111 555 0123            |    | phone-invalid
          +49 900 1234567            |    | phone-premium
          """)
  void check_damagedNumber_namesDamageButNotNumber(String written, String country, String code) {
    AddressCheck.Refused problem = refusal(numbers.check(written, country));
    assertThat(problem.code()).isEqualTo(code);
    assertThat(problem.message()).doesNotContain("23456", "555").isNotBlank();
  }

  @Test
  void check_longText_isRefusedUnparsed() {
    assertThat(refusal(numbers.check("+" + "1".repeat(1_000_000), null)).code())
        .isEqualTo("phone-too-long");
  }

  @Test
  void check_defaultCountry_isReadInAnyCaseAndUnknownIsNone() {
    assertThat(numbers.check("0151 23456789", "de"))
        .isEqualTo(new AddressCheck.Sound("+4915123456789"));
    assertThat(refusal(numbers.check("0151 23456789", "XX")).code()).isEqualTo("phone-no-country");
  }

  @Test
  void toString_always_isMasked() {
    assertThat(numbers.check("+4915123456789", null).toString()).doesNotContain("4915");
  }

  @Test
  void codes_always_areDistinctWords() {
    assertThat(Arrays.stream(AddressFault.values()).map(AddressFault::code))
        .doesNotHaveDuplicates()
        .allMatch(code -> code.matches("(email|phone)(-[a-z0-9]+)+"));
  }

  private static AddressCheck.Refused refusal(AddressCheck checked) {
    assertThat(checked).isInstanceOf(AddressCheck.Refused.class);
    return (AddressCheck.Refused) checked;
  }
}
