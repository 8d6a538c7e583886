package dev.beckon.dispatch;

import dev.beckon.account.Account;
import dev.beckon.account.SecretMissingException;
import dev.beckon.account.SecretUnreachableException;
import dev.beckon.dispatch.VendorPool.Pooled;
import dev.beckon.pace.Turns;
import dev.beckon.parcel.Deadline;
import dev.beckon.parcel.Lane;
import dev.beckon.vendor.OutboundMessage;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends messages that have no life cycle, such as what operators are told: each is tried once, at
 * the pace of its vendor account, and what becomes of it is the caller's affair. Thread-safe.
 */
public final class DirectSend {
  private static final Logger LOG = LoggerFactory.getLogger(DirectSend.class);

  private final VendorPool vendors;
  private final Clock clock;

  DirectSend(VendorPool vendors, Clock clock) {
    this.vendors = vendors;
    this.clock = clock;
  }

  /**
   * @param stop no call begins that could last beyond it
   * @return one result per message, in their order
   */
  public List<SendResult> send(
      Account account, String vendorAccount, List<OutboundMessage> messages, Deadline stop) {
    try {
      return send(vendors.of(account, vendorAccount), messages, stop);
    } catch (IllegalArgumentException | SecretMissingException e) {
      return all(messages, SendCode.BAD_CONFIGURATION, String.valueOf(e.getMessage()));
    } catch (SecretUnreachableException e) {
      return all(messages, SendCode.NOT_STARTED, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while messages waited for their turn", e);
    }
  }

  private List<SendResult> send(Pooled pooled, List<OutboundMessage> messages, Deadline stop)
      throws InterruptedException {
    List<SendResult> results = new ArrayList<>(messages.size());
    Turns turns = pooled.pace().turns(Lane.PRIORITY, clock);
    Deadline last = stop.before(pooled.vendor().timeout());
    try {
      while (results.size() < messages.size()) {
        int next = results.size();
        int size = Math.min(pooled.pace().batch(), messages.size() - next);
        List<OutboundMessage> batch = messages.subList(next, next + size);
        turns.promise(size);
        boolean turn = turns.await(size, last);
        if (last.passed()) {
          results.addAll(all(batch, SendCode.NOT_STARTED, "the worker's time was over"));
        } else if (!turn) {
          results.addAll(
              all(batch, SendCode.NOT_STARTED, "the vendor account's rate left it no moment"));
        } else {
          List<SendResult> answers = call(pooled, batch);
          pooled.pace().answered(answers, clock.instant());
          results.addAll(answers);
        }
      }
    } finally {
      turns.close();
    }
    return results;
  }

  private static List<SendResult> call(Pooled pooled, List<OutboundMessage> batch) {
    String name = pooled.settings().name();
    try {
      List<SendResult> results = pooled.vendor().send(batch);
      if (results.size() == batch.size()) {
        return results;
      }
      LOG.error("vendor={} gave {} results for {} messages", name, results.size(), batch.size());
      return all(batch, SendCode.UNCLEAR_REPLY, "the vendor's adapter lost count of its results");
    } catch (RuntimeException e) {
      LOG.error("vendor={} threw instead of answering: {}", name, e.getClass().getName());
      return all(
          batch, SendCode.NO_REPLY, "the vendor's adapter failed: " + e.getClass().getSimpleName());
    }
  }

  private static List<SendResult> all(
      List<OutboundMessage> messages, SendCode code, String reason) {
    return Collections.nCopies(messages.size(), SendResult.of(code, reason));
  }
}
