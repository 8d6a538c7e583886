package dev.beckon.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CircuitTest {
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

  private final Circuit circuit = new Circuit();

  @ParameterizedTest
  @EnumSource(names = {"UNAVAILABLE", "NO_REPLY", "UNCLEAR_REPLY"})
  void circuit_tenFaultsOfTheVendorInARow_opens(SendCode fault) {
    fail(fault, Circuit.FAULTS - 1, NOW);
    assertThat(circuit.state(NOW)).isEqualTo(Circuit.State.CLOSED);

    fail(fault, 1, NOW);

    assertThat(circuit.state(NOW)).isEqualTo(Circuit.State.OPEN);
    assertThat(circuit.openUntil(NOW)).contains(NOW.plus(Circuit.FIRST_WAIT));
    assertThat(circuit.news()).isPresent();
    assertThat(circuit.news()).as("told once").isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      names = {"ACCEPTED", "BAD_RECIPIENT", "BAD_CONTENT", "BAD_CONFIGURATION", "THROTTLED"})
  void circuit_vendorThatAnswers_staysClosed(SendCode answer) {
    for (int i = 0; i < 5; i++) {
      fail(SendCode.UNAVAILABLE, Circuit.FAULTS - 1, NOW);
      fail(answer, 1, NOW);
    }

    assertThat(circuit.state(NOW)).isEqualTo(Circuit.State.CLOSED);
  }

  @Test
  void circuit_callsThatWereNeverMade_tellNothingOfTheVendor() {
    fail(SendCode.NOT_STARTED, 100, NOW);
    assertThat(circuit.state(NOW)).isEqualTo(Circuit.State.CLOSED);
    fail(SendCode.UNAVAILABLE, Circuit.FAULTS, NOW);
    fail(SendCode.NOT_STARTED, 1, NOW);

    assertThat(circuit.state(NOW)).isEqualTo(Circuit.State.OPEN);
  }

  @Test
  void circuit_onePartOfABulkCallAccepted_isAnAnswer() {
    for (int i = 0; i < 20; i++) {
      circuit.answered(
          List.of(SendResult.of(SendCode.UNAVAILABLE, "busy"), SendResult.accepted("id")), NOW);
    }

    assertThat(circuit.state(NOW)).isEqualTo(Circuit.State.CLOSED);
  }

  @Test
  void circuit_failedProbes_waitTwiceAsLongEachUpToFiveMinutes() {
    fail(SendCode.UNAVAILABLE, Circuit.FAULTS, NOW);
    Instant at = NOW;
    Duration wait = Circuit.FIRST_WAIT;
    for (int probe = 0; probe < 8; probe++) {
      at = circuit.openUntil(at).orElseThrow();
      assertThat(circuit.state(at)).isEqualTo(Circuit.State.PROBING);
      fail(SendCode.UNAVAILABLE, 1, at);
      wait = wait.multipliedBy(2);
      Duration expected = wait.compareTo(Circuit.LONGEST_WAIT) > 0 ? Circuit.LONGEST_WAIT : wait;
      assertThat(circuit.openUntil(at)).contains(at.plus(expected));
    }
  }

  @Test
  void circuit_answeredProbe_closesAndForgets() {
    fail(SendCode.UNAVAILABLE, Circuit.FAULTS, NOW);
    Instant later = NOW.plus(Circuit.FIRST_WAIT);

    fail(SendCode.ACCEPTED, 1, later);

    assertThat(circuit.state(later)).isEqualTo(Circuit.State.CLOSED);
    fail(SendCode.UNAVAILABLE, Circuit.FAULTS - 1, later);
    assertThat(circuit.state(later)).isEqualTo(Circuit.State.CLOSED);
  }

  private void fail(SendCode code, int times, Instant at) {
    for (int i = 0; i < times; i++) {
      circuit.answered(List.of(SendResult.of(code, "because")), at);
    }
  }
}
