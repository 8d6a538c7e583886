package dev.beckon.vendor;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a vendor promises beyond taking messages. Promises only the vendor can keep default to none
 * and need the page that documents them.
 *
 * @param deduplicatesFor how long a resend under the same {@link OutboundMessage#key()} is dropped
 *     by the vendor; null when it never is
 * @param documentation the vendor's page that says so; null only with no promise
 */
public record VendorTraits(@Nullable Duration deduplicatesFor, @Nullable URI documentation) {

  public VendorTraits {
    if (deduplicatesFor != null && documentation == null) {
      throw new IllegalArgumentException(
          "a deduplication promise needs the vendor's page that documents it");
    }
  }

  /** A vendor that promises nothing. */
  public static VendorTraits none() {
    return new VendorTraits(null, null);
  }
}
