package dev.beckon.aws.snapstart;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class PrimingTest {
  @Test
  void play_withoutANetwork_makesEveryCall() {
    assertThatCode(SdkCalls::play).doesNotThrowAnyException();
  }
}
