package dev.beckon.parcel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationStore.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParcelTest {
  private static final Instant NOON = Instant.parse("2026-03-05T12:00:00Z");
  private static final Set<InvitationState> EVERY = Set.of(InvitationState.values());

  @ParameterizedTest
  @EnumSource(InvitationState.class)
  void finished_ofAnIntake_whenTheRowIsFinal(InvitationState state) {
    assertThat(parcel(null).finished(row(state, 0, null))).isEqualTo(state.isFinal());
  }

  @Test
  void finished_ofARedrive_onceItReopenedTheRowOrWhereItDoesNot() {
    Parcel parcel = redrive(Set.of(InvitationState.FAILED), null);

    assertThat(parcel.finished(row(InvitationState.FAILED, 6, "s"))).isFalse();
    assertThat(parcel.finished(row(InvitationState.FAILED, 7, "s"))).isTrue();
    assertThat(parcel.finished(row(InvitationState.FAILED, 8, "s"))).isTrue();
    assertThat(parcel.finished(row(InvitationState.ACCEPTED, 7, "s"))).isFalse();
    assertThat(parcel.finished(row(InvitationState.DEAD, 0, "s"))).isTrue();
  }

  @Test
  void finished_lateRefusalOfAnotherSend_isNotWaitedFor() {
    Parcel parcel = redrive(Set.of(InvitationState.IN_DOUBT), "s1");

    assertThat(parcel.finished(row(InvitationState.IN_DOUBT, 0, "s1"))).isFalse();
    assertThat(parcel.finished(row(InvitationState.IN_DOUBT, 0, "s2"))).isTrue();
    assertThat(parcel.finished(row(InvitationState.IN_DOUBT, 0, null))).isTrue();
  }

  /** What the store would never reopen must not keep a parcel open. */
  @Test
  void finished_stateNoRedriveLeaves_isNotWaitedFor() {
    assertThat(redrive(EVERY, null).finished(row(InvitationState.SENT, 0, "s"))).isTrue();
    assertThat(redrive(EVERY, null).finished(row(InvitationState.DEAD, 0, "s"))).isFalse();
    assertThat(redrive(EVERY, "s").finished(row(InvitationState.DEAD, 0, "s"))).isTrue();
  }

  private static Standing row(InvitationState state, long redriven, @Nullable String send) {
    return new Standing("b1-000000001", "b1", state, NOON, null, redriven, send);
  }

  private static Parcel redrive(Set<InvitationState> from, @Nullable String send) {
    return parcel(new Parcel.Redrive(7, from, send, null));
  }

  private static Parcel parcel(Parcel.@Nullable Redrive redrive) {
    return new Parcel(
        "p",
        "acme",
        "stay",
        "b1",
        Lane.BULK,
        RowSet.of(List.of(1)),
        Parcel.State.READY,
        NOON,
        NOON,
        redrive,
        false);
  }
}
