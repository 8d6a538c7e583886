package dev.beckon.account;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One tenant's configuration: an immutable snapshot of one version.
 *
 * @param version rises with every change
 * @param retention how long addresses and fields are kept after the day they were stored
 * @param fatigue how long a recipient is left alone after an invitation of any of its dispatches;
 *     zero when the dispatches do not look at each other
 */
public record Account(
    String id,
    long version,
    String name,
    Duration retention,
    Duration fatigue,
    Map<String, VendorAccount> vendorAccounts,
    Map<String, Dispatch> dispatches,
    Map<String, Feed> feeds,
    Map<String, Notice> notices) {
  public static final Duration DEFAULT_RETENTION = Duration.ofDays(90);

  public Account {
    if (fatigue.isNegative()) {
      throw new IllegalArgumentException("fatigue must not be negative");
    }
    vendorAccounts = Map.copyOf(vendorAccounts);
    dispatches = Map.copyOf(dispatches);
    feeds = Map.copyOf(feeds);
    notices = Map.copyOf(notices);
  }

  public Optional<Dispatch> dispatch(String dispatch) {
    return Optional.ofNullable(dispatches.get(dispatch));
  }

  /** A dispatch, where it is known to be there. */
  public Dispatch requireDispatch(String dispatch) {
    return dispatch(dispatch)
        .orElseThrow(
            () -> new IllegalArgumentException("account " + id + " has no dispatch " + dispatch));
  }
}
