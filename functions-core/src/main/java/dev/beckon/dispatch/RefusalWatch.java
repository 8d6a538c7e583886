package dev.beckon.dispatch;

import dev.beckon.check.Finding;
import dev.beckon.vendor.OutboundMessage;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import dev.beckon.vendor.Vendor;
import java.time.Duration;
import java.util.List;

/**
 * A vendor whose refusal of our configuration is told on: its secret may have been replaced, and
 * whoever builds vendors shall look at it anew. Thread-safe.
 */
final class RefusalWatch implements Vendor {
  private final Vendor vendor;
  private final Runnable refused;

  RefusalWatch(Vendor vendor, Runnable refused) {
    this.vendor = vendor;
    this.refused = refused;
  }

  @Override
  public List<SendResult> send(List<OutboundMessage> messages) {
    List<SendResult> results = vendor.send(messages);
    if (results.stream().anyMatch(result -> result.code() == SendCode.BAD_CONFIGURATION)) {
      refused.run();
    }
    return results;
  }

  @Override
  public int maxBatch() {
    return vendor.maxBatch();
  }

  @Override
  public int maxInFlight() {
    return vendor.maxInFlight();
  }

  @Override
  public Duration gather() {
    return vendor.gather();
  }

  @Override
  public Duration timeout() {
    return vendor.timeout();
  }

  @Override
  public boolean takesSharedMail() {
    return vendor.takesSharedMail();
  }

  @Override
  public boolean sendsOneAfterOther() {
    return vendor.sendsOneAfterOther();
  }

  @Override
  public List<Finding> check() {
    return vendor.check();
  }

  @Override
  public void close() {
    vendor.close();
  }
}
