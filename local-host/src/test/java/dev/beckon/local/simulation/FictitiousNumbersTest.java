package dev.beckon.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import dev.beckon.intake.Intake;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FictitiousNumbersTest {

  @Test
  void draw_all_areDifferentValidAndKeptForFiction() throws Exception {
    PhoneNumberUtil plan = PhoneNumberUtil.getInstance();
    List<String> all = numbers(1).draw(FictitiousNumbers.size());

    assertThat(all).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(Intake.MOST_ROWS);
    for (String number : all) {
      assertThat(number).matches("\\+1[2-9][0-9]{2}55501[0-9]{2}");
      assertThat(plan.isValidNumber(plan.parse(number, null))).as(number).isTrue();
    }
  }

  @Test
  void draw_again_isDifferentWithinEachDrawAndTheSameForASeed() {
    FictitiousNumbers numbers = numbers(7);
    List<String> first = numbers.draw(5_000);
    List<String> second = numbers.draw(5_000);

    assertThat(second).doesNotHaveDuplicates().isNotEqualTo(first);
    assertThat(numbers(7).draw(5_000)).isEqualTo(first);
    assertThat(numbers(8).draw(5_000)).isNotEqualTo(first);
  }

  private static FictitiousNumbers numbers(long seed) {
    return new FictitiousNumbers(new SplittableRandom(seed));
  }
}
