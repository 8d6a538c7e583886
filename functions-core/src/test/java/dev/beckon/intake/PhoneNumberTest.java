package dev.beckon.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneNumberTest {
  private final PhoneNumber phones = new PhoneNumber();

  @ParameterizedTest
  @CsvSource({
    "030 901820, DE, +4930901820",
    "(030) 90-18-20, de, +4930901820",
    "+49 30 901820, , +4930901820",
    "+49 30 901820, US, +4930901820",
    "0049 30 901820, , +4930901820",
    "0049 30 901820, DE, +4930901820",
    "011 49 30 901820, US, +4930901820",
    "'''+4930901820', , +4930901820",
    "tel:+4930901820, , +4930901820",
    "0151 23456789, DE, +4915123456789",
    "+1 (415) 555-2671, , +14155552671",
    "98765 43210, IN, +919876543210",
    "+44 (0)20 7946 0958, , +442079460958",
    "+４９ ３０ ９０１８２０, , +4930901820",
  })
  void check_sound_givesE164(String text, String country, String number) {
    assertThat(phones.check(text, country)).isEqualTo(new AddressCheck.Sound(number));
  }

  @ParameterizedTest
  @CsvSource({
    "'', DE, phone-missing",
    "'  ', DE, phone-missing",
    "4.9E+11, DE, phone-scientific",
    "'4,9E+11', DE, phone-scientific",
    "9e12, , phone-scientific",
    "unknown, DE, phone-letters",
    "030 90CALL, DE, phone-letters",
    "030 901820, , phone-no-country",
    "4915123456789012345678, DE, phone-unreadable",
    "+999 123456, , phone-unreadable",
    "12, DE, phone-invalid",
    "+49 1, , phone-unreadable",
    "4155552671333, FR, phone-invalid",
    "919876543210, US, phone-lost-plus",
  })
  void check_atFault_namesTheFault(String text, String country, String code) {
    assertThat(phones.check(text, country))
        .isInstanceOfSatisfying(
            AddressCheck.Refused.class, no -> assertThat(no.code()).isEqualTo(code));
  }
}
