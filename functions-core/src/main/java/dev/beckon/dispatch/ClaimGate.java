package dev.beckon.dispatch;

import dev.beckon.account.Account;
import dev.beckon.account.Dispatch;
import dev.beckon.dispatch.SendGroup.Item;
import dev.beckon.intake.ContactFatigue;
import dev.beckon.intake.FatigueWindows;
import dev.beckon.intake.SuppressedRecipients;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.invitation.JournalEntry;
import dev.beckon.parcel.BatchGates;
import dev.beckon.parcel.Parcel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is looked at once more just before a claim: the channel's time, expiry, quiet hours,
 * suppression and contact fatigue. Thread-safe.
 */
final class ClaimGate {
  private final InvitationStore invitations;
  private final CountedWrites writes;
  private final SuppressedRecipients suppressedRecipients;
  private final ContactFatigue fatigue;
  private final BatchGates batches;
  private final ChannelFallback channels;

  ClaimGate(
      InvitationStore invitations,
      CountedWrites writes,
      SuppressedRecipients suppressedRecipients,
      ContactFatigue fatigue,
      BatchGates batches,
      ChannelFallback channels) {
    this.invitations = invitations;
    this.writes = writes;
    this.suppressedRecipients = suppressedRecipients;
    this.fatigue = fatigue;
    this.batches = batches;
    this.channels = channels;
  }

  /** What is stored of these batches; the others are live. */
  Map<String, BatchGates.State> batches(Collection<String> ids) {
    return ids.isEmpty() ? Map.of() : batches.among(new HashSet<>(ids));
  }

  /** What is stored of the batches of those that are READY. */
  Map<String, BatchGates.State> batchesOfReady(Collection<Parcel> parcels) {
    return batches(
        parcels.stream()
            .filter(parcel -> parcel.state() == Parcel.State.READY)
            .map(Parcel::batch)
            .toList());
  }

  /**
   * Of the open rows of one dispatch, those that may go out; the others are put off or moved to
   * their state. Reopened rows must be reopened before, so that nobody else sees them as given up.
   *
   * @param sendUntil latest end of a claim of theirs
   */
  List<Invitation> pass(
      Account account, Dispatch dispatch, List<Invitation> open, Instant now, Instant sendUntil) {
    if (open.isEmpty()) {
      return open;
    }
    List<Invitation> rows = channels.current(account, dispatch, open, now);
    Set<String> suppressed = suppressedRecipients.among(account.id(), rows);
    TimeCheck time = new TimeCheck(now);
    List<Invitation> wanted = new ArrayList<>(rows.size());
    List<String> unwanted = new ArrayList<>();
    for (Invitation row : rows) {
      if (suppressed.contains(row.id())) {
        unwanted.add(row.id());
      } else if (time.passes(row, dispatch)) {
        wanted.add(row);
      }
    }
    time.apply(invitations, writes);
    drop(unwanted, InvitationState.SUPPRESSED, "the recipient is on the suppression list", now);
    return confirmed(account, dispatch, wanted, now, sendUntil);
  }

  private List<Invitation> confirmed(
      Account account, Dispatch dispatch, List<Invitation> rows, Instant now, Instant sendUntil) {
    FatigueWindows windows = FatigueWindows.of(account, dispatch.id());
    Map<String, InvitationState> losers = fatigue.confirm(rows, windows, now, sendUntil);
    Map<InvitationState, List<String>> byState = new EnumMap<>(InvitationState.class);
    losers.forEach((id, state) -> byState.computeIfAbsent(state, any -> new ArrayList<>()).add(id));
    byState.forEach(
        (state, ids) -> drop(ids, state, "the recipient was asked meanwhile, or is to be", now));
    return rows.stream().filter(row -> !losers.containsKey(row.id())).toList();
  }

  /**
   * Rows that are to go out again, without those of batches that were cancelled while they were at
   * the vendor. Looked at after the settle: a cancellation that comes later finds the rows in the
   * store itself.
   */
  List<Item> live(List<Item> again, Instant now) {
    Map<String, BatchGates.State> stored =
        batches(again.stream().map(item -> item.invitation().batch()).toList());
    List<Item> live = new ArrayList<>(again.size());
    List<String> cancelled = new ArrayList<>();
    for (Item item : again) {
      if (stored.get(item.invitation().batch()) == BatchGates.State.CANCELLED) {
        cancelled.add(item.invitation().id());
      } else {
        live.add(item);
      }
    }
    cancel(cancelled, now);
    return live;
  }

  /** Moves rows of a cancelled batch. */
  void cancel(List<String> ids, Instant now) {
    drop(ids, InvitationState.CANCELLED, "its import was cancelled", now);
  }

  /** Moves rows that cannot go out. */
  void drop(List<String> ids, InvitationState state, String why, Instant now) {
    if (!ids.isEmpty()) {
      writes.drop(ids, JournalEntry.of(now, state, why), Map.of());
    }
  }
}
