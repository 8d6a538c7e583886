package dev.beckon.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SendCodeTest {

  /** Columns: code, what it asks of us, costs no attempt, goes to the next vendor account. */
  @ParameterizedTest
  @CsvSource({
    "ACCEPTED,          DONE,              false, false",
    "BAD_RECIPIENT,     DROP,              false, false",
    "BAD_CONTENT,       DROP,              false, false",
    "BAD_CONFIGURATION, FIX_CONFIGURATION, false, true",
    "THROTTLED,         RETRY,             true,  false",
    "UNAVAILABLE,       RETRY,             false, true",
    "NOT_STARTED,       RETRY,             true,  false",
    "NO_REPLY,          ASK_A_HUMAN,       false, false",
    "UNCLEAR_REPLY,     ASK_A_HUMAN,       false, false",
  })
  void code_each_asTabled(SendCode code, Verdict verdict, boolean free, boolean yields) {
    assertThat(code.verdict()).isEqualTo(verdict);
    assertThat(code.returnsAttempt()).isEqualTo(free);
    assertThat(code.yieldsToNext()).isEqualTo(yields);
  }

  @Test
  void code_maybeAccepted_neverGoesToAnotherVendor() {
    assertThat(Arrays.stream(SendCode.values()).filter(SendCode::yieldsToNext))
        .noneMatch(code -> code.verdict() == Verdict.ASK_A_HUMAN || code.verdict() == Verdict.DONE);
  }

  @ParameterizedTest
  @EnumSource(SendCode.class)
  void code_attemptGivenBack_onlyWhereItIsTriedAgain(SendCode code) {
    assertThat(!code.returnsAttempt() || code.verdict() == Verdict.RETRY).isTrue();
  }
}
