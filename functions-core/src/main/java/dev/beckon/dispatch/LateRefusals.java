package dev.beckon.dispatch;

import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.invitation.InvitationStore.Settlement;
import dev.beckon.parcel.Lane;
import dev.beckon.parcel.Nudger;
import dev.beckon.parcel.Parcel;
import dev.beckon.parcel.ParcelStore;
import dev.beckon.parcel.RowSet;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files a redrive parcel for each row whose vendor certainly refused it, but only after the row had
 * been given up as in doubt: settling it as RETRY would strand it, because its parcel may be done
 * (counterexample 1 of the protocol's model). Thread-safe.
 */
final class LateRefusals {
  private final InvitationStore invitations;
  private final ParcelStore parcels;
  private final Nudger nudger;
  private final Clock clock;

  LateRefusals(InvitationStore invitations, ParcelStore parcels, Nudger nudger, Clock clock) {
    this.invitations = invitations;
    this.parcels = parcels;
    this.nudger = nudger;
    this.clock = clock;
  }

  /** Looks at settlements of which some did not apply. */
  void file(List<Settlement> settlements) {
    Map<String, Settlement> refused = new HashMap<>();
    for (Settlement settlement : settlements) {
      if (settlement.to() == InvitationState.RETRY || settlement.to() == InvitationState.DEAD) {
        refused.put(settlement.id(), settlement);
      }
    }
    if (refused.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    List<Parcel> filed =
        invitations.load(refused.keySet()).stream()
            .filter(row ->
                row.state() == InvitationState.IN_DOUBT && sameSend(row, refused.get(row.id())))
            .map(row -> parcel(row, now))
            .toList();
    if (!filed.isEmpty()) {
      parcels.insert(filed);
      nudger.nudge(filed);
    }
  }

  private static boolean sameSend(Invitation row, @Nullable Settlement settlement) {
    return settlement != null && settlement.send().equals(row.send());
  }

  private static Parcel parcel(Invitation row, Instant now) {
    return new Parcel(
        row.id() + ".late." + row.send(),
        row.account(),
        row.dispatch(),
        row.batch(),
        Lane.BULK,
        RowSet.of(List.of(row.row())),
        Parcel.State.READY,
        now,
        now,
        new Parcel.Redrive(
            Math.max(now.toEpochMilli(), row.redriven() + 1),
            Set.of(InvitationState.IN_DOUBT),
            row.send(),
            null),
        false);
  }
}
