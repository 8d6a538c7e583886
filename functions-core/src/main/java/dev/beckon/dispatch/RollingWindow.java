package dev.beckon.dispatch;

import dev.beckon.dispatch.SendGroup.Item;
import dev.beckon.dispatch.Senders.Ready;
import dev.beckon.dispatch.Senders.Sent;
import dev.beckon.events.EventLog;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.invitation.InvitationStore.Claim;
import dev.beckon.invitation.InvitationStore.Claimed;
import dev.beckon.invitation.InvitationStore.Settlement;
import dev.beckon.invitation.JournalEntry;
import dev.beckon.pace.Turns;
import dev.beckon.parcel.Deadline;
import dev.beckon.parcel.Lane;
import dev.beckon.privacy.KeysUnreachableException;
import dev.beckon.privacy.Scrubber;
import dev.beckon.telemetry.Tag;
import dev.beckon.telemetry.Telemetry;
import dev.beckon.vendor.OutboundMessage;
import dev.beckon.vendor.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Sends one group of rows through one vendor account (DESIGN §5, dispatch steps 1 to 4). At most
 * twice the vendor's in-flight limit is claimed at a time; each trip to the store settles what is
 * finished and claims what is next, while the senders go on with what is claimed already. One use,
 * one calling thread; {@link #run} returns with nothing in flight.
 */
final class RollingWindow {
  /** Clocks of workers may differ by as much (DESIGN §5, claim). */
  static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

  /** A retry due sooner than this stays in the worker. */
  static final Duration SHORT_RETRY = Duration.ofSeconds(10);

  /** However few results there are, they are settled after this: no row stays SENDING for long. */
  private static final long SETTLE_AFTER_MILLIS = 200;

  /** A row with its message, about to be claimed. */
  private record Rendered(Item item, OutboundMessage message) {}

  /** What the rows of one claim share. */
  private record Alike(Channel channel, long redriven, String detour) {}

  /**
   * What a window leaves.
   *
   * @param passedOn the rows this vendor account does not take now, as their chains stand: refused
   *     ones go to the next, and where its circuit is open all that are left may go elsewhere
   * @param held until when rows by their ids wait for this vendor account's pace
   */
  record Left(List<Item> passedOn, Map<String, Instant> held) {
    static final Left NOTHING = new Left(List.of(), Map.of());
  }

  private final SendGroup group;
  private final InvitationStore invitations;
  private final CountedWrites writes;
  private final Map<Tag, String> about;
  private final Preparation prepared;
  private final Outcomes outcomes;
  private final LateRefusals lateRefusals;
  private final ClaimGate gate;
  private final VendorAlarms alarms;
  private final Deadline stop;
  private final Turns turns;
  private final Senders senders;
  private final Schedule waiting = new Schedule();
  private final List<Item> passedOn = new ArrayList<>();
  private int claimed;

  /**
   * @param lane whose turn comes first at a vendor account with a rate
   * @param stop when no send may begin any more; the platform's own deadline lies at least the
   *     vendor's time-out and the time of a settle later
   */
  RollingWindow(
      SendGroup group,
      Lane lane,
      InvitationStore invitations,
      CountedWrites writes,
      Preparation prepared,
      Outcomes outcomes,
      LateRefusals lateRefusals,
      ClaimGate gate,
      EventLog events,
      Telemetry telemetry,
      Deadline stop) {
    this.group = group;
    this.invitations = invitations;
    this.writes = writes;
    this.about = group.tags();
    this.prepared = prepared;
    this.outcomes = outcomes;
    this.lateRefusals = lateRefusals;
    this.gate = gate;
    this.alarms = new VendorAlarms(group.vendorAccount(), events);
    this.stop = stop;
    this.turns = group.pace().turns(lane, stop.clock());
    this.senders = new Senders(group, prepared, turns, telemetry, stop);
    group.items().forEach(waiting::add);
  }

  /**
   * Sends what can be sent now.
   *
   * @return what it leaves
   */
  Left run() throws InterruptedException {
    alarms.detours(group.items(), stop.clock().instant());
    senders.start(waiting.size());
    try {
      roll(limit());
    } catch (RuntimeException | Error e) {
      // What is claimed still goes out, and its outcome is known: settle it, or it ends in doubt.
      senders.finish();
      try {
        settle(senders.collect(0, 0));
      } catch (RuntimeException | Error again) {
        e.addSuppressed(again);
      }
      turns.close();
      throw e;
    }
    senders.finish();
    turns.close();
    Instant now = stop.clock().instant();
    alarms.tell(group, turns, now);
    Map<String, Instant> held = new HashMap<>();
    if (circuit() == Circuit.State.OPEN) {
      waiting.forEach(item -> passedOn.add(item.anew()));
    } else {
      turns
          .deferred()
          .ifPresent(until -> waiting.forEach(item -> held.put(item.invitation().id(), until)));
    }
    return new Left(passedOn, held);
  }

  /**
   * Twice what the vendor takes, so that a call never waits for a claim; with a rate to keep once,
   * because a row that waits for a free sender misses its moment.
   */
  private int limit() {
    return (group.pace().shared() ? 1 : 2) * group.pace().batch() * group.pace().inFlight();
  }

  private void roll(int limit) throws InterruptedException {
    Instant overdue = stop.at().plus(group.vendor().timeout()).plus(SHORT_RETRY);
    while (true) {
      claimNext(room(limit));
      if (claimed == 0) {
        Instant next = waiting.next();
        if (next == null
            || circuit() == Circuit.State.OPEN
            || turns.deferred().isPresent()
            || stop.passed()) {
          return;
        }
        Instant turn = turns.again();
        Instant again = turn.isAfter(next) ? turn : next;
        if (!again.isBefore(stop.at())) {
          return;
        }
        Thread.sleep(Duration.between(stop.clock().instant(), again).plusMillis(1));
        continue;
      }
      if (stop.clock().instant().isAfter(overdue)) {
        throw new IllegalStateException(
            claimed + " sends of " + group.vendorAccount() + " never reported their outcome");
      }
      int enough = Math.max(1, Math.min(claimed, limit / 2));
      settle(senders.collect(enough, SETTLE_AFTER_MILLIS));
    }
  }

  private Circuit.State circuit() {
    return group.circuit().state(stop.clock().instant());
  }

  /** How many rows may be claimed now. */
  private int room(int limit) {
    if (stop.passed()) {
      return 0;
    }
    int free =
        switch (circuit()) {
          case CLOSED -> limit - claimed;
          case PROBING -> group.pace().batch() - claimed;
          case OPEN -> 0;
        };
    Instant next = waiting.next();
    boolean due = next != null && !next.isAfter(stop.clock().instant());
    return due ? turns.room(Math.min(free, waiting.size())) : 0;
  }

  private void claimNext(int room) {
    Instant now = stop.clock().instant();
    Map<String, Rendered> rendered = HashMap.newHashMap(room);
    TimeCheck time = new TimeCheck(now);
    while (rendered.size() < room) {
      Item item = waiting.poll(now);
      if (item == null) {
        break;
      }
      if (!time.passes(item.invitation(), item.dispatch())) {
        continue;
      }
      try {
        rendered.put(item.invitation().id(), new Rendered(item, prepared.message(item, group)));
      } catch (KeysUnreachableException e) {
        throw e; // no fault of the row's
      } catch (RuntimeException e) {
        String why = "cannot be rendered: " + Scrubber.scrub(String.valueOf(e.getMessage()));
        drop(item, InvitationState.FAILED, why);
      }
    }
    time.apply(invitations, writes);
    if (rendered.isEmpty()) {
      return;
    }
    // Usually one claim; rows of several redrives or channels are claimed apart.
    Map<Alike, List<String>> alike = new HashMap<>();
    rendered.forEach(
        (id, row) -> alike.computeIfAbsent(alike(row.item()), any -> new ArrayList<>()).add(id));
    alike.forEach((what, ids) -> claim(ids, what, now, rendered));
  }

  private Alike alike(Item item) {
    Invitation row = item.invitation();
    return new Alike(row.channel(), row.redriven(), item.chain().detour(group.vendorAccount()));
  }

  private void claim(List<String> ids, Alike what, Instant now, Map<String, Rendered> rendered) {
    Instant until = stop.at().plus(group.vendor().timeout()).plus(CLOCK_SKEW);
    String send = UUID.randomUUID().toString();
    Claim claim =
        new Claim(
            send,
            now,
            until,
            group.vendorAccount(),
            what.channel(),
            what.redriven(),
            what.detour());
    List<Ready> ready = new ArrayList<>();
    List<Settlement> held = new ArrayList<>();
    for (Claimed row : invitations.claim(ids, claim)) {
      Rendered known = rendered.get(row.id());
      if (known == null) {
        throw new IllegalStateException("the store returned a row that was not asked for");
      }
      outcomes
          .unfit(row, claim, known.item().policy(), group.traits())
          .ifPresentOrElse(
              held::add, () -> ready.add(new Ready(row, send, known.item(), known.message())));
    }
    claimed += ready.size();
    turns.promise(ready.size());
    senders.give(ready);
    writes.settle(held, until, about);
  }

  private void drop(Item item, InvitationState state, String why) {
    Instant now = stop.clock().instant();
    JournalEntry entry = new JournalEntry(now, state, group.vendorAccount(), why);
    writes.drop(List.of(item.invitation().id()), entry, about);
  }

  private void settle(List<Sent> finished) {
    if (finished.isEmpty()) {
      return;
    }
    Instant now = stop.clock().instant();
    Verdicts verdicts = Verdicts.of(finished, group, outcomes, now);
    finished.stream()
        .filter(sent -> sent.result().code().verdict() == Verdict.FIX_CONFIGURATION)
        .findFirst()
        .ifPresent(sent -> alarms.refused(sent.ready().item(), sent.result(), now));
    String account = finished.getFirst().ready().item().invitation().account();
    group.circuit().news().ifPresent(opening -> alarms.opened(account, opening, now));
    int applied =
        writes.settle(verdicts.settlements(), stop.at().plus(group.vendor().timeout()), about);
    claimed -= finished.size();
    if (applied < finished.size()) {
      lateRefusals.file(verdicts.refusals());
    }
    gate.live(verdicts.again(), now).forEach(waiting::add);
    passedOn.addAll(gate.live(verdicts.passedOn(), now));
  }
}
