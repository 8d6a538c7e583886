package dev.beckon.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class FailuresTest {
  @Test
  void tell_messageOfOthers_isLeftOut_placesStay() {
    RuntimeException failure;
    try {
      throw new IllegalStateException(
          "reading anna@example.org stopped", foreign("https://x.example/Zanzibara Vogel"));
    } catch (IllegalStateException e) {
      failure = e;
    }

    assertThat(Failures.tell(failure))
        .startsWith(
            "java.lang.IllegalStateException (reading *** stopped) at privacy.FailuresTest.")
        .contains("; caused by java.lang.IllegalArgumentException at privacy.FailuresTest.foreign:")
        .doesNotContain("Zanzibara", "anna@");
  }

  private static RuntimeException foreign(String text) {
    try {
      return new IllegalStateException(URI.create(text).toString());
    } catch (IllegalArgumentException e) {
      return e;
    }
  }
}
