package dev.beckon.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerReferenceTest {
  private static final List<String> ADDRESSES = List.of("ada@example.org", "+49 171 2345678");

  private static List<String> codes(String reference) {
    return CallerReference.fault(7, reference, ADDRESSES).stream().map(RefusedRow::code).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "order 4711",
        "20261122000345",
        "0000012345",
        "00-17/2026-4711",
        "R&D @ 5",
        "a@",
        "@a",
        "Zoë 🎉",
        "+4",
        "345678x",
        "45678",
        "2026-11-22T09:00:00Z",
        "12345678-9abc-4def-8123-456789abcdef"
      })
  void fault_nameOfAnOrder_isTaken(String reference) {
    assertThat(codes(reference)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ada@example.org, reference-personal",
    "'for ada@example.org, urgent', reference-personal",
    "+491712345678, reference-personal",
    "+1 (212) 555-0100, reference-personal",
    "0049 30 901820, reference-personal",
    "491712345678, reference-personal",
    "0171/2345678, reference-personal",
    "2345678, reference-personal"
  })
  void fault_wayToAPerson_isRefused(String reference, String code) {
    assertThat(codes(reference)).containsExactly(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\u0000", "a\u202Eb", "a\u2028b", "\uD800", "a\u200Bb"})
  void fault_whatCannotBeSeen_isRefused(String reference) {
    assertThat(codes(reference)).containsExactly("reference-control");
  }

  @Test
  void fault_longerThanAHundred_isRefused() {
    assertThat(codes("x".repeat(101))).containsExactly("reference-too-long");
    assertThat(codes("x".repeat(100))).isEmpty();
  }
}
