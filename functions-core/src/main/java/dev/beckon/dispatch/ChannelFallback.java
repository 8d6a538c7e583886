package dev.beckon.dispatch;

import dev.beckon.account.Account;
import dev.beckon.account.Dispatch;
import dev.beckon.account.SecretMissingException;
import dev.beckon.account.SecretUnreachableException;
import dev.beckon.dispatch.SendGroup.Item;
import dev.beckon.invitation.Alternative;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.ChannelSwitch;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationState.Cause;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.invitation.InvitationStore.Claimed;
import dev.beckon.invitation.InvitationStore.Settlement;
import dev.beckon.invitation.JournalEntry;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets an invitation go on by its recipient's other address when its channel refuses that recipient
 * or its channel's time is over, where the dispatch says so. One of which a request may have been
 * accepted never does: its recipient would be asked twice. Thread-safe.
 */
final class ChannelFallback {
  private final InvitationStore invitations;
  private final VendorPool vendors;

  ChannelFallback(InvitationStore invitations, VendorPool vendors) {
    this.invitations = invitations;
    this.vendors = vendors;
  }

  /** What becomes of a settlement whose row goes on by its other address; empty when it stays. */
  static Optional<Settlement> instead(
      Settlement settled, SendCode code, Claimed claimed, Item item, Instant now) {
    if (claimed.doubtful()
        || claimed.doubtAt() != null
        || !ends(settled, code, item.invitation(), now)
        || !mayGoOn(item.invitation(), item.dispatch())) {
      return Optional.empty();
    }
    return ChannelSwitch.of(item.invitation()).map(by -> settlement(settled, by, now));
  }

  /** Whether this answer ends what the row's channel is tried for. */
  private static boolean ends(Settlement settled, SendCode code, Invitation row, Instant now) {
    if (code == SendCode.BAD_RECIPIENT || settled.to() == InvitationState.DEAD) {
      return true;
    }
    Alternative other = row.alternative();
    return settled.to() == InvitationState.RETRY
        && code != SendCode.NOT_STARTED
        && code.verdict() != Verdict.ASK_A_HUMAN
        && other != null
        && other.isDue(now);
  }

  private static Settlement settlement(Settlement settled, ChannelSwitch by, Instant now) {
    JournalEntry entry = settled.entry();
    return new Settlement(
        settled.id(),
        settled.send(),
        Cause.SETTLE,
        InvitationState.RETRY,
        new JournalEntry(
            entry.at(),
            InvitationState.RETRY,
            entry.vendor(),
            entry.note() + "; goes on by " + by.to().label()),
        now,
        false,
        false,
        by);
  }

  /**
   * Of loaded rows that are due, those whose channel's time is over while it does not take them go
   * on by their other address. One that was never tried waits for a channel that works: a pause, a
   * rate or a backlog of ours is no reason.
   *
   * @return all of them, as they are now
   */
  List<Invitation> current(Account account, Dispatch dispatch, List<Invitation> rows, Instant now) {
    Map<Channel, Boolean> failing = new EnumMap<>(Channel.class);
    List<Invitation> over = new ArrayList<>();
    for (Invitation row : rows) {
      Alternative other = row.alternative();
      if (other != null
          && other.isDue(now)
          && now.isBefore(row.expires())
          && row.doubtAt() == null
          && mayGoOn(row, dispatch)
          && (row.attempts() > 0
              || failing.computeIfAbsent(
                  row.channel(), channel -> isFailing(account, dispatch, channel, now)))) {
        over.add(row);
      }
    }
    if (over.isEmpty()) {
      return rows;
    }
    Map<Channel, List<Invitation>> byNext = new EnumMap<>(Channel.class);
    for (Invitation row : over) {
      ChannelSwitch.of(row)
          .ifPresent(by -> byNext.computeIfAbsent(by.to(), any -> new ArrayList<>()).add(row));
    }
    byNext.forEach((channel, some) ->
        invitations.goOn(some, now, "the channel's time is over; goes on by " + channel.label()));
    return reloaded(rows, over);
  }

  private List<Invitation> reloaded(List<Invitation> rows, List<Invitation> changed) {
    Map<String, Invitation> now = new LinkedHashMap<>();
    rows.forEach(row -> now.put(row.id(), row));
    changed.forEach(row -> now.remove(row.id()));
    invitations.load(changed.stream().map(Invitation::id).toList()).stream()
        .filter(row -> InvitationState.SENDING.from(Cause.CLAIM).contains(row.state()))
        .forEach(row -> now.put(row.id(), row));
    return List.copyOf(now.values());
  }

  private static boolean mayGoOn(Invitation row, Dispatch dispatch) {
    Alternative other = row.alternative();
    return dispatch.policy().nextChannelAfter() != null
        && other != null
        && other.isOpen()
        && dispatch.route(other.channel()).isPresent();
  }

  /** Whether every vendor account of a channel is left alone, or tried again with single calls. */
  private boolean isFailing(Account account, Dispatch dispatch, Channel channel, Instant now) {
    return dispatch.route(channel).stream()
        .flatMap(route -> route.vendorAccounts().stream())
        .noneMatch(name -> isWell(account, name, now));
  }

  private boolean isWell(Account account, String vendorAccount, Instant now) {
    try {
      return vendors.of(account, vendorAccount).circuit().state(now) == Circuit.State.CLOSED;
    } catch (IllegalArgumentException | SecretMissingException | SecretUnreachableException e) {
      return true; // our configuration is at fault, which is told when its rows are grouped
    }
  }
}
