package dev.beckon.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.invitation.InvitationState;
import dev.beckon.local.simulation.Course.Produced;
import dev.beckon.local.simulation.Course.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CourseTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private static Figures figures(long sent, long failed) {
    return new Figures(
        NOON,
        Duration.ZERO,
        Map.of(InvitationState.SENT, sent, InvitationState.FAILED, failed),
        0,
        0,
        0);
  }

  private static Settled at(long millis, boolean sent, double took) {
    return new Settled(NOON.plusMillis(millis), sent, took);
  }

  @Test
  void of_messages_countsThemStepByStep() {
    Course course =
        Course.of(
            figures(3, 1),
            List.of(
                at(0, true, 40), at(50, false, 60), at(250, true, Double.NaN), at(399, true, 20)),
            List.of(new Produced(NOON.minusSeconds(60), 4), new Produced(NOON.plusMillis(150), 2)));

    assertThat(course.step()).isEqualTo(100);
    assertThat(course.begun()).isEqualTo(NOON);
    assertThat(course.length()).isEqualTo(Duration.ofMillis(400));
    assertThat(course.steps())
        .containsExactly(
            new Step(1, 1, 50, 50, 1, 1, 2),
            new Step(0, 0, Double.NaN, 50, 1, 1, 4),
            new Step(1, 0, Double.NaN, 50, 2, 1, 3),
            new Step(1, 0, 20, 40, 3, 1, 2));
  }

  @Test
  void of_longRun_widensTheSteps() {
    List<Settled> settled = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      settled.add(at(i * 50L, true, 50));
    }

    Course course = Course.of(figures(1_000, 0), settled, List.of());

    assertThat(course.step()).isEqualTo(500);
    assertThat(course.steps()).hasSize(100).allMatch(step -> step.sent() == 10);
  }

  @Test
  void of_nothing_hasNoSteps() {
    assertThat(Course.of(figures(0, 0), List.of(), List.of()).steps()).isEmpty();
  }

  @Test
  void millis_ofNotes_areRead() {
    assertThat(SettledReader.millis("accepted: simulated in 52.8 ms")).isEqualTo(52.8);
    assertThat(SettledReader.millis("bad-recipient: simulated in 7 ms")).isEqualTo(7);
    assertThat(SettledReader.millis("accepted")).isNaN();
    assertThat(SettledReader.millis("bad-recipient: 550 in 3 days")).isNaN();
  }
}
