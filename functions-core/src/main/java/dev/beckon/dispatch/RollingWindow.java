package dev.beckon.dispatch;

import dev.beckon.dispatch.SendGroup.Item;
import dev.beckon.dispatch.Senders.Ready;
import dev.beckon.dispatch.Senders.Sent;
import dev.beckon.events.EventLog;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationState.Cause;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.invitation.InvitationStore.Claim;
import dev.beckon.invitation.InvitationStore.Claimed;
import dev.beckon.invitation.InvitationStore.Settlement;
import dev.beckon.invitation.JournalEntry;
import dev.beckon.pace.Turns;
import dev.beckon.parcel.BatchGates;
import dev.beckon.parcel.Deadline;
import dev.beckon.parcel.Lane;
import dev.beckon.privacy.KeysUnreachableException;
import dev.beckon.privacy.Scrubber;
import dev.beckon.vendor.OutboundMessage;
import dev.beckon.vendor.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

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

  private record Waiting(Item item, Instant from) {}

  private final SendGroup group;
  private final InvitationStore invitations;
  private final Preparation prepared;
  private final Outcomes outcomes;
  private final LateRefusals lateRefusals;
  private final ClaimGate gate;
  private final VendorAlarms alarms;
  private final Deadline stop;
  private final Turns turns;
  private final Senders senders;
  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(Comparator.comparing(Waiting::from));
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
      Preparation prepared,
      Outcomes outcomes,
      LateRefusals lateRefusals,
      ClaimGate gate,
      EventLog events,
      Deadline stop) {
    this.group = group;
    this.invitations = invitations;
    this.prepared = prepared;
    this.outcomes = outcomes;
    this.lateRefusals = lateRefusals;
    this.gate = gate;
    this.alarms = new VendorAlarms(group.vendorAccount(), events);
    this.stop = stop;
    this.turns = group.pace().turns(lane, stop.clock());
    this.senders = new Senders(group, prepared, turns, stop);
    for (Item item : group.items()) {
      waiting.add(new Waiting(item, item.invitation().notBefore()));
    }
  }

  /**
   * Sends what can be sent now.
   *
   * @return before when the rest needs not be looked at; empty when nothing holds it up
   */
  Optional<Instant> run() throws InterruptedException {
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
    return waiting.isEmpty() ? Optional.empty() : heldUntil(now);
  }

  /**
   * Twice what the vendor takes, so that a call never waits for a claim; with a rate to keep once,
   * because a row that waits for a free sender misses its moment.
   */
  private int limit() {
    return (group.pace().shared() ? 1 : 2) * group.pace().batch() * group.pace().inFlight();
  }

  private Optional<Instant> heldUntil(Instant now) {
    Optional<Instant> open = group.circuit().openUntil(now);
    return Stream.of(open, turns.deferred())
        .flatMap(Optional::stream)
        .max(Comparator.naturalOrder());
  }

  private void roll(int limit) throws InterruptedException {
    Instant overdue = stop.at().plus(group.vendor().timeout()).plus(SHORT_RETRY);
    while (true) {
      claimNext(room(limit));
      if (claimed == 0) {
        Waiting next = waiting.peek();
        if (next == null
            || circuit() == Circuit.State.OPEN
            || turns.deferred().isPresent()
            || stop.passed()) {
          return;
        }
        Instant turn = turns.again();
        Instant again = turn.isAfter(next.from()) ? turn : next.from();
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
    Waiting next = waiting.peek();
    boolean due = next != null && !next.from().isAfter(stop.clock().instant());
    return due ? turns.room(Math.min(free, waiting.size())) : 0;
  }

  private void claimNext(int room) {
    Instant now = stop.clock().instant();
    Map<String, Item> rendered = new HashMap<>();
    Map<String, OutboundMessage> messages = new HashMap<>();
    TimeCheck time = new TimeCheck(now);
    while (rendered.size() < room) {
      Waiting next = waiting.peek();
      if (next == null || next.from().isAfter(now)) {
        break;
      }
      waiting.remove();
      Item item = next.item();
      if (!time.passes(item.invitation(), item.dispatch())) {
        continue;
      }
      try {
        messages.put(item.invitation().id(), prepared.message(item, group.vendorAccount()));
        rendered.put(item.invitation().id(), item);
      } catch (KeysUnreachableException e) {
        throw e; // no fault of the row's
      } catch (RuntimeException e) {
        String why = "cannot be rendered: " + Scrubber.scrub(String.valueOf(e.getMessage()));
        drop(item, InvitationState.FAILED, why);
      }
    }
    time.apply(invitations);
    if (rendered.isEmpty()) {
      return;
    }
    // Usually one claim; rows of several redrives are claimed apart.
    Map<Long, List<String>> byRedrive = new TreeMap<>();
    rendered
        .values()
        .forEach(item ->
            byRedrive
                .computeIfAbsent(item.invitation().redriven(), any -> new ArrayList<>())
                .add(item.invitation().id()));
    byRedrive.forEach((redriven, ids) -> claim(ids, redriven, now, rendered, messages));
  }

  private void claim(
      List<String> ids,
      long redriven,
      Instant now,
      Map<String, Item> rendered,
      Map<String, OutboundMessage> messages) {
    Instant until = stop.at().plus(group.vendor().timeout()).plus(CLOCK_SKEW);
    Claim claim =
        new Claim(UUID.randomUUID().toString(), now, until, group.vendorAccount(), redriven);
    List<Ready> ready = new ArrayList<>();
    List<Settlement> held = new ArrayList<>();
    for (Claimed row : invitations.claim(ids, claim)) {
      Item item = require(rendered, row.id());
      if (Outcomes.tooLateToRepeat(row, item.policy(), group.traits(), claim)) {
        held.add(outcomes.tooLate(row, claim));
      } else {
        ready.add(new Ready(row, claim.send(), item, require(messages, row.id())));
      }
    }
    claimed += ready.size();
    turns.promise(ready.size());
    senders.give(ready);
    invitations.settle(held, until);
  }

  private static <T> T require(Map<String, T> map, String id) {
    T value = map.get(id);
    if (value == null) {
      throw new IllegalStateException("the store returned a row that was not asked for");
    }
    return value;
  }

  private void drop(Item item, InvitationState state, String why) {
    Instant now = stop.clock().instant();
    invitations.move(
        List.of(item.invitation().id()),
        Cause.DROP,
        new JournalEntry(now, state, group.vendorAccount(), why));
  }

  private void settle(List<Sent> finished) {
    if (finished.isEmpty()) {
      return;
    }
    Instant now = stop.clock().instant();
    List<Settlement> settlements = new ArrayList<>(finished.size());
    List<Settlement> refusals = new ArrayList<>();
    List<Waiting> again = new ArrayList<>();
    for (Sent sent : finished) {
      Settlement settlement =
          outcomes.settlement(
              sent.ready().claimed(),
              sent.ready().send(),
              group.vendorAccount(),
              sent.result(),
              sent.ready().item().policy(),
              group.traits(),
              now);
      settlements.add(settlement);
      // No answer is no refusal: the vendor may have it, and a redrive goes out under another key.
      if (sent.result().code().verdict() == Verdict.RETRY) {
        refusals.add(settlement);
      }
      Instant from = settlement.notBefore();
      if (from != null && !from.isAfter(now.plus(SHORT_RETRY))) {
        again.add(new Waiting(sent.ready().item(), from));
      }
    }
    finished.stream()
        .filter(sent -> sent.result().code().verdict() == Verdict.FIX_CONFIGURATION)
        .findFirst()
        .ifPresent(sent -> alarms.refused(sent.ready().item().invitation(), sent.result(), now));
    String account = finished.getFirst().ready().item().invitation().account();
    group.circuit().news().ifPresent(opening -> alarms.opened(account, opening, now));
    int applied = invitations.settle(settlements, stop.at().plus(group.vendor().timeout()));
    claimed -= finished.size();
    if (applied < settlements.size()) {
      lateRefusals.file(refusals);
    }
    if (!again.isEmpty()) {
      waiting.addAll(live(again, now));
    }
  }

  /**
   * Without the rows of batches that were cancelled while they were at the vendor. Looked at after
   * the settle: a cancellation that comes later finds the rows in the store itself.
   */
  private List<Waiting> live(List<Waiting> again, Instant now) {
    Map<String, BatchGates.State> batches =
        gate.batches(again.stream().map(row -> row.item().invitation().batch()).toList());
    List<Waiting> live = new ArrayList<>(again);
    live.removeIf(
        row -> batches.get(row.item().invitation().batch()) == BatchGates.State.CANCELLED);
    List<String> cancelled =
        again.stream()
            .filter(row -> !live.contains(row))
            .map(row -> row.item().invitation().id())
            .toList();
    gate.cancel(cancelled, now);
    return live;
  }
}
