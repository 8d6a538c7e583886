package dev.beckon.dispatch;

import dev.beckon.dispatch.SendGroup.Item;
import dev.beckon.invitation.InvitationStore.Claimed;
import dev.beckon.pace.Turns;
import dev.beckon.parcel.Deadline;
import dev.beckon.telemetry.Metric;
import dev.beckon.telemetry.Tag;
import dev.beckon.telemetry.Telemetry;
import dev.beckon.telemetry.Tracer.Span;
import dev.beckon.vendor.Content;
import dev.beckon.vendor.OutboundMessage;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import dev.beckon.vendor.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that talk to one vendor account, as many as it takes calls in flight. Every message
 * given gets exactly one result, whatever the vendor's adapter does. Used by one thread.
 */
final class Senders {
  private static final Logger LOG = LoggerFactory.getLogger(Senders.class);

  private static final Object ANY = new Object();

  /** A claimed row, ready to go out. */
  record Ready(Claimed claimed, String send, Item item, OutboundMessage message) {}

  /** What became of it. */
  record Sent(Ready ready, SendResult result) {}

  private final SendGroup group;
  private final Preparation prepared;
  private final Turns turns;
  private final Telemetry telemetry;
  private final Map<Tag, String> about;
  private final Deadline stop;
  private final Handover<Ready, Sent> handover;
  private final List<Thread> threads = new ArrayList<>();

  /**
   * @param stop when no send may begin any more
   */
  Senders(SendGroup group, Preparation prepared, Turns turns, Telemetry telemetry, Deadline stop) {
    this.group = group;
    this.prepared = prepared;
    this.turns = turns;
    this.telemetry = telemetry;
    this.about = group.tags();
    this.stop = stop;
    boolean spread = group.vendor().sendsOneAfterOther();
    this.handover = new Handover<>(Senders::kind, spread ? group.pace().inFlight() : 1);
  }

  /** Starts as many threads as so many messages can keep busy. */
  void start(int messages) {
    int each = group.vendor().sendsOneAfterOther() ? 1 : group.pace().batch();
    int batches = Math.ceilDiv(Math.max(1, messages), each);
    for (int i = 0; i < Math.min(group.pace().inFlight(), batches); i++) {
      threads.add(
          Thread.ofVirtual()
              .name("sender-" + group.vendorAccount() + "-" + i)
              .start(telemetry.carried(this::sendLoop)));
    }
  }

  /** Mails of one template go out together: it is sent once for all of them. */
  private static Object kind(Ready ready) {
    return ready.message().content() instanceof Content.BulkEmail bulk ? bulk.mail() : ANY;
  }

  void give(List<Ready> more) {
    handover.give(more);
  }

  /** Takes all results, waiting until there are {@code enough} or the time is over. */
  List<Sent> collect(int enough, long waitMillis) throws InterruptedException {
    return handover.collect(enough, waitMillis);
  }

  /** Waits until everything given has its result. */
  void finish() throws InterruptedException {
    handover.close();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void sendLoop() {
    try {
      int most = group.pace().batch();
      List<Ready> batch = handover.take(most);
      while (batch != null) {
        batch = handover.exchange(send(batch), most);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Sent> send(List<Ready> batch) throws InterruptedException {
    List<SendResult> results;
    boolean turn = turns.await(batch.size(), stop);
    if (stop.passed()) {
      results = all(batch, SendCode.NOT_STARTED, "the worker's time was over");
    } else if (group.circuit().state(stop.clock().instant()) == Circuit.State.OPEN) {
      results = all(batch, SendCode.NOT_STARTED, "the vendor account's circuit is open");
    } else if (!turn) {
      results = all(batch, SendCode.NOT_STARTED, "the vendor account's rate left it no moment");
    } else {
      results = prepared.concealed(call(batch), batch.stream().map(Ready::item).toList());
      group
          .circuit()
          .answered(
              results,
              stop.clock().instant(),
              batch.stream().allMatch(ready -> ready.item().chain().hasOthers()));
      group.pace().answered(results, stop.clock().instant());
    }
    List<Sent> sent = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      sent.add(new Sent(batch.get(i), results.get(i)));
    }
    return sent;
  }

  private List<SendResult> call(List<Ready> batch) {
    long begun = System.nanoTime();
    try (Span span = telemetry.span("vendor-call", about, batch.size())) {
      List<SendResult> results = answer(batch);
      results.stream()
          .filter(result -> result.code().verdict() != Verdict.DONE)
          .findFirst()
          .ifPresent(result -> span.failed(result.code().word()));
      return results;
    } finally {
      telemetry
          .meter()
          .record(Metric.VENDOR_LATENCY, about, (System.nanoTime() - begun) / 1_000_000.0);
    }
  }

  private List<SendResult> answer(List<Ready> batch) {
    try {
      List<SendResult> results = group.vendor().send(batch.stream().map(Ready::message).toList());
      if (results.size() == batch.size()) {
        return results;
      }
      LOG.error(
          "vendor={} gave {} results for {} messages",
          group.vendorAccount(),
          results.size(),
          batch.size());
      return all(batch, SendCode.UNCLEAR_REPLY, "the vendor's adapter lost count of its results");
    } catch (RuntimeException | Error e) {
      // An error too: a sender that died of it would leave the rows of others unsent.
      LOG.error(
          "vendor={} threw instead of answering: {}",
          group.vendorAccount(),
          e.getClass().getName());
      return all(
          batch, SendCode.NO_REPLY, "the vendor's adapter failed: " + e.getClass().getSimpleName());
    }
  }

  private static List<SendResult> all(List<Ready> batch, SendCode code, String reason) {
    SendResult result = SendResult.of(code, reason);
    return batch.stream().map(any -> result).toList();
  }
}
