package dev.beckon.vendors.messagebird;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.vendors.messagebird.SmsText.Alphabet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmsTextTest {

  /** The default alphabet in the order of its table, without the escape. */
  private static final String TABLE =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQ"
          + "RSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

  /** An extended character costs two septets, and no part ends within it. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "1, 0, 1",
    "160, 0, 1",
    "161, 0, 2",
    "306, 0, 2",
    "307, 0, 3",
    "459, 0, 3",
    "460, 0, 4",
    "0, 1, 1",
    "0, 80, 1",
    "0, 81, 2",
    "158, 1, 1",
    "159, 1, 2",
    "0, 152, 2",
    "0, 153, 3",
    "152, 77, 3"
  })
  void of_gsmCharacters_countedInSeptets(int basic, int extended, int parts) {
    String text = "a".repeat(basic) + "€".repeat(extended);

    assertThat(SmsText.of(text)).isEqualTo(new SmsText(Alphabet.GSM, parts));
  }

  /** A character beyond the basic plane costs two units, and no part ends within it. */
  @ParameterizedTest
  @CsvSource({
    "1, 0, 1",
    "70, 0, 1",
    "71, 0, 2",
    "134, 0, 2",
    "135, 0, 3",
    "201, 0, 3",
    "202, 0, 4",
    "0, 1, 1",
    "0, 35, 1",
    "0, 36, 2",
    "68, 1, 1",
    "69, 1, 2",
    "0, 66, 2",
    "0, 67, 3"
  })
  void of_charactersBeyondGsm_countedInUnitsOfSixteenBits(int plain, int pairs, int parts) {
    String text = "ж".repeat(plain) + "🎉".repeat(pairs);

    assertThat(SmsText.of(text)).isEqualTo(new SmsText(Alphabet.UCS2, parts));
  }

  @Test
  void of_wholeDefaultAlphabet_isGsm() {
    assertThat(TABLE).hasSize(127);
    assertThat(SmsText.of(TABLE)).isEqualTo(new SmsText(Alphabet.GSM, 1));
    assertThat(SmsText.of("\f^{}\\[~]|€").alphabet()).isEqualTo(Alphabet.GSM);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ç", "ë", "`", "–", "’", "\t", "Ł", "🎉"})
  void of_oneCharacterOutside_makesTheTextUnicode(String outside) {
    assertThat(SmsText.of("a".repeat(100) + outside)).isEqualTo(new SmsText(Alphabet.UCS2, 2));
  }

  @Test
  void unicode_gsmText_countedAsAskedFor() {
    assertThat(SmsText.unicode("a".repeat(71))).isEqualTo(new SmsText(Alphabet.UCS2, 2));
  }
}
