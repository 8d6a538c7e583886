package dev.beckon.vendor;

import dev.beckon.privacy.Scrubber;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one message.
 *
 * @param reason the vendor's own words or ours, scrubbed of addresses and numbers; empty when there
 *     is nothing to say
 * @param vendorId what the vendor calls the message, if it said
 * @param retryAfter how long the vendor asked us to wait, if it said
 */
public record SendResult(
    SendCode code, String reason, @Nullable String vendorId, @Nullable Duration retryAfter) {

  public SendResult {
    reason = Scrubber.scrub(reason);
  }

  public static SendResult accepted(@Nullable String vendorId) {
    return new SendResult(SendCode.ACCEPTED, "", vendorId, null);
  }

  public static SendResult of(SendCode code, String reason) {
    return new SendResult(code, reason, null, null);
  }

  /** The same outcome, to be tried again no sooner than after {@code wait}. */
  public SendResult retryAfter(Duration wait) {
    return new SendResult(code, reason, vendorId, wait);
  }
}
