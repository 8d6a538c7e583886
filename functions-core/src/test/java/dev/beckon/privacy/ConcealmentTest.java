package dev.beckon.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConcealmentTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Dear Ada Lovelace, no | Dear ***, no",
        "dear ADA LOVELACE | dear ***",
        "?name=Ada+Lovelace&x=1 | ?name=***&x=1",
        "?name=Ada%20Lovelace | ?name=***",
        "link /T0kenT0ken | link /***",
        "quota of Li used up | quota of Li used up",
        "cut in Ada Lov… | cut in ***…",
        "cut in Ad… | cut in Ad…"
      })
  void conceal_valuesInAnyForm_areReplaced(String text, String clean) {
    assertThat(new Concealment(List.of("Ada Lovelace", "T0kenT0ken", "Li", "")).conceal(text))
        .isEqualTo(clean);
  }
}
