package dev.beckon.dispatch;

import dev.beckon.dispatch.SendGroup.Item;
import dev.beckon.events.Event;
import dev.beckon.events.EventLog;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationState.Cause;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.invitation.InvitationStore.Claim;
import dev.beckon.invitation.InvitationStore.Claimed;
import dev.beckon.invitation.InvitationStore.Settlement;
import dev.beckon.invitation.JournalEntry;
import dev.beckon.parcel.Deadline;
import dev.beckon.privacy.Scrubber;
import dev.beckon.vendor.OutboundMessage;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import dev.beckon.vendor.Vendor;
import dev.beckon.vendor.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one group of rows through one vendor account (DESIGN §5, dispatch steps 1 to 4). At most
 * twice the vendor's in-flight limit is claimed at a time; each trip to the store settles what is
 * finished and claims what is next, while the senders go on with what is claimed already. One use,
 * one calling thread; {@link #run} returns with nothing in flight.
 */
final class RollingWindow {
  private static final Logger LOG = LoggerFactory.getLogger(RollingWindow.class);

  /** Clocks of workers may differ by as much (DESIGN §5, claim). */
  static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

  /** A retry due sooner than this stays in the worker. */
  static final Duration SHORT_RETRY = Duration.ofSeconds(10);

  /** However few results there are, they are settled after this: no row stays SENDING for long. */
  private static final long SETTLE_AFTER_MILLIS = 200;

  private record Waiting(Item item, Instant from) {}

  private record Ready(Claimed claimed, String send, Item item, OutboundMessage message) {}

  private record Sent(Ready ready, SendResult result) {}

  private final SendGroup group;
  private final InvitationStore invitations;
  private final Composer composer;
  private final Outcomes outcomes;
  private final LateRefusals lateRefusals;
  private final EventLog events;
  private final Deadline stop;
  private final Handover<Ready, Sent> handover = new Handover<>();
  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(Comparator.comparing(Waiting::from));
  private int claimed;

  /**
   * @param stop when no send may begin any more; the platform's own deadline lies at least the
   *     vendor's time-out and the time of a settle later
   */
  RollingWindow(
      SendGroup group,
      InvitationStore invitations,
      Composer composer,
      Outcomes outcomes,
      LateRefusals lateRefusals,
      EventLog events,
      Deadline stop) {
    this.group = group;
    this.invitations = invitations;
    this.composer = composer;
    this.outcomes = outcomes;
    this.lateRefusals = lateRefusals;
    this.events = events;
    this.stop = stop;
    for (Item item : group.items()) {
      waiting.add(new Waiting(item, item.invitation().notBefore()));
    }
  }

  void run() throws InterruptedException {
    Vendor vendor = group.vendor();
    int batches = Math.ceilDiv(Math.max(1, waiting.size()), vendor.maxBatch());
    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < Math.min(vendor.maxInFlight(), batches); i++) {
      senders.add(
          Thread.ofVirtual()
              .name("sender-" + group.vendorAccount() + "-" + i)
              .start(this::sendLoop));
    }
    try {
      roll(2 * vendor.maxBatch() * vendor.maxInFlight());
    } catch (RuntimeException | Error e) {
      // What is claimed still goes out, and its outcome is known: settle it, or it ends in doubt.
      finish(senders);
      try {
        settle(handover.collect(0, 0));
      } catch (RuntimeException | Error again) {
        e.addSuppressed(again);
      }
      throw e;
    }
    finish(senders);
  }

  private void finish(List<Thread> senders) throws InterruptedException {
    handover.close();
    for (Thread sender : senders) {
      sender.join();
    }
  }

  private void roll(int limit) throws InterruptedException {
    Instant overdue = stop.at().plus(group.vendor().timeout()).plus(SHORT_RETRY);
    while (true) {
      if (!stop.passed()) {
        claimNext(limit - claimed);
      }
      if (claimed == 0) {
        Waiting next = waiting.peek();
        if (next == null || stop.passed() || !next.from().isBefore(stop.at())) {
          return;
        }
        Thread.sleep(Duration.between(stop.clock().instant(), next.from()).plusMillis(1));
        continue;
      }
      if (stop.clock().instant().isAfter(overdue)) {
        throw new IllegalStateException(
            claimed + " sends of " + group.vendorAccount() + " never reported their outcome");
      }
      int enough = Math.max(1, Math.min(claimed, limit / 2));
      settle(handover.collect(enough, SETTLE_AFTER_MILLIS));
    }
  }

  private void claimNext(int room) {
    Instant now = stop.clock().instant();
    Map<String, Item> rendered = new HashMap<>();
    Map<String, OutboundMessage> messages = new HashMap<>();
    while (rendered.size() < room) {
      Waiting next = waiting.peek();
      if (next == null || next.from().isAfter(now)) {
        break;
      }
      waiting.remove();
      Item item = next.item();
      if (!now.isBefore(item.invitation().expires())) {
        drop(item, InvitationState.EXPIRED, "its time had passed before it could be sent again");
        continue;
      }
      try {
        messages.put(
            item.invitation().id(),
            composer.compose(item.invitation(), item.renderer(), group.vendorAccount()));
        rendered.put(item.invitation().id(), item);
      } catch (RuntimeException e) {
        String why = "cannot be rendered: " + Scrubber.scrub(String.valueOf(e.getMessage()));
        drop(item, InvitationState.FAILED, why);
      }
    }
    if (rendered.isEmpty()) {
      return;
    }
    String send = UUID.randomUUID().toString();
    Instant until = stop.at().plus(group.vendor().timeout()).plus(CLOCK_SKEW);
    List<Claimed> ours =
        invitations.claim(rendered.keySet(), new Claim(send, now, until, group.vendorAccount()));
    claimed += ours.size();
    handover.give(
        ours.stream()
            .map(row ->
                new Ready(row, send, require(rendered, row.id()), require(messages, row.id())))
            .toList());
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
      Instant again = settlement.notBefore();
      if (again != null && !again.isAfter(now.plus(SHORT_RETRY))) {
        waiting.add(new Waiting(sent.ready().item(), again));
      }
    }
    finished.stream()
        .filter(sent -> sent.result().code().verdict() == Verdict.FIX_CONFIGURATION)
        .findFirst()
        .ifPresent(sent -> misconfigured(sent, now));
    int applied = invitations.settle(settlements, stop.at().plus(group.vendor().timeout()));
    claimed -= finished.size();
    if (applied < settlements.size()) {
      lateRefusals.file(refusals);
    }
  }

  /** Somebody must mend the vendor account: told once a batch. */
  private void misconfigured(Sent sent, Instant now) {
    Invitation row = sent.ready().item().invitation();
    events.write(
        new Event(
            now,
            Event.Level.ERROR,
            "vendor-refuses-us",
            "vendor-refuses-us/" + row.account() + "/" + group.vendorAccount() + "/" + row.batch(),
            row.account(),
            "batch "
                + row.batch()
                + ": vendor account "
                + group.vendorAccount()
                + " is refused: "
                + sent.result().reason()
                + "; mend its settings, then drop a file with the failed rows"));
  }

  private void sendLoop() {
    try {
      for (List<Ready> batch = handover.take(group.vendor().maxBatch());
          batch != null;
          batch = handover.take(group.vendor().maxBatch())) {
        handover.report(send(batch));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Sent> send(List<Ready> batch) {
    List<SendResult> results;
    if (stop.passed()) {
      results = all(batch, SendResult.of(SendCode.NOT_STARTED, "the worker's time was over"));
    } else {
      try {
        results = group.vendor().send(batch.stream().map(Ready::message).toList());
        if (results.size() != batch.size()) {
          LOG.error(
              "vendor={} gave {} results for {} messages",
              group.vendorAccount(),
              results.size(),
              batch.size());
          results =
              all(
                  batch,
                  SendResult.of(
                      SendCode.UNCLEAR_REPLY, "the vendor's adapter lost count of its results"));
        }
      } catch (RuntimeException | Error e) {
        // An error too: a sender that died of it would leave the rows of others unsent.
        LOG.error(
            "vendor={} threw instead of answering: {}",
            group.vendorAccount(),
            e.getClass().getName());
        results =
            all(
                batch,
                SendResult.of(
                    SendCode.NO_REPLY,
                    "the vendor's adapter failed: " + e.getClass().getSimpleName()));
      }
    }
    List<Sent> sent = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      sent.add(new Sent(batch.get(i), results.get(i)));
    }
    return sent;
  }

  private static List<SendResult> all(List<Ready> batch, SendResult result) {
    return batch.stream().map(any -> result).toList();
  }
}
