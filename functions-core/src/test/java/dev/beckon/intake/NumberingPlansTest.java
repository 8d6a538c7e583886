package dev.beckon.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the plans say must be what the general rules say, whatever is asked. */
class NumberingPlansTest {
  private static final PhoneNumberUtil LIBRARY = PhoneNumberUtil.getInstance();
  private static final List<String> REGIONS =
      List.copyOf(new TreeSet<>(LIBRARY.getSupportedRegions()));

  /** More in a soak: the property is the number of rounds over all countries. */
  private static final int ROUNDS = Integer.getInteger("beckon.test.phoneRounds", 12);

  private final NumberingPlans plans = new NumberingPlans();
  private final PhoneNumber general = new PhoneNumber();
  private final Random random = new Random(20_260_101);

  @ParameterizedTest
  @CsvSource({
    "0171 3920062,DE,+491713920062",
    "(0171) 392-0062,DE,+491713920062",
    "030/123456,DE,+4930123456",
    "0049 171 3920062,DE,+491713920062",
    "+49 (0)171 3920062,'',+491713920062",
    "+1 (202) 555-0123,DE,+12025550123",
    "+39 06 1234567,'',+39061234567",
    "020 7946 0958,GB,+442079460958",
    "+44 7400 123456,US,+447400123456",
    "171 3920062,DE,+491713920062",
    "(202) 555-0123,US,+12025550123",
    "98765 43210,IN,+919876543210",
    "8 912 345-67-89,RU,+79123456789",
  })
  void e164_usualForms_areReadHere(String text, String country, String e164) {
    assertThat(plans.e164(text, country)).isEqualTo(e164);
  }

  @ParameterizedTest
  @CsvSource({
    "491713920062,DE", // begins with the code
    "30 123456,DE", // a landline, and perhaps the mobile of another country
    "0900 1 123456,DE", // premium rate
    "+49 0900 1 123456,DE",
    "0171 392,DE",
    "0171 3920062,''",
    "0171 3920062,XX",
    "0171.3920062,DE",
    "0171+3920062,DE",
    "0171 392006x,DE",
    "0343 15 123456,AR", // rewritten
    "+881612345678,DE", // of no country
    "01481 256789,GG", // not the first of its code
    "+,DE",
    "0,DE",
    "00,DE",
  })
  void e164_anythingElse_isLeftToTheGeneralRules(String text, String country) {
    assertThat(plans.e164(text, country)).isNull();
  }

  @Test
  void e164_generatedNumbersOfAllRegions_agreesWithTheGeneralRules() {
    int answered = 0;
    for (int round = 0; round < ROUNDS; round++) {
      for (String region : REGIONS) {
        for (String number : numbers(region)) {
          for (String text : forms(number, LIBRARY.getCountryCodeForRegion(region))) {
            String country = random.nextInt(4) == 0 ? any() : region;
            String e164 = plans.e164(text, country);
            if (e164 != null) {
              answered++;
              assertThat(general.interpreted(text, country))
                  .as(text + " in " + country)
                  .isEqualTo(new AddressCheck.Sound(e164));
            }
          }
        }
      }
    }
    assertThat(answered).isGreaterThan(ROUNDS * 1_000);
  }

  private String any() {
    return REGIONS.get(random.nextInt(REGIONS.size()));
  }

  /** National numbers: near an example of each type, and of nothing at all. */
  private List<String> numbers(String region) {
    List<String> numbers = new ArrayList<>();
    for (PhoneNumberType type : PhoneNumberType.values()) {
      Phonenumber.PhoneNumber example = LIBRARY.getExampleNumberForType(region, type);
      if (example != null) {
        String number = LIBRARY.getNationalSignificantNumber(example);
        int kept = random.nextInt(number.length() + 1);
        numbers.add(number.substring(0, kept) + digits(number.length() - kept));
        numbers.add(number + digits(random.nextInt(3)));
        numbers.add(number.substring(random.nextInt(2), number.length() - random.nextInt(2)));
      }
    }
    numbers.add(digits(random.nextInt(1, 16)));
    return numbers;
  }

  private List<String> forms(String number, int code) {
    String prefix = random.nextInt(3) == 0 ? digits(random.nextInt(3)) : "0";
    return List.of(
        "+" + code + number,
        "+" + code + " (" + prefix + ") " + number,
        "00" + code + "/" + number,
        "(0" + number.charAt(0) + ") " + number.substring(1),
        prefix + "-" + number,
        number);
  }

  private String digits(int count) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < count; i++) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    return digits.toString();
  }
}
