package dev.beckon.account;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One tenant's configuration: an immutable snapshot of one version.
 *
 * @param version rises with every change
 * @param retention how long addresses and fields are kept after the day they were stored
 */
public record Account(
    String id,
    long version,
    String name,
    Duration retention,
    Map<String, VendorAccount> vendorAccounts,
    Map<String, Dispatch> dispatches,
    Map<String, Feed> feeds) {
  public static final Duration DEFAULT_RETENTION = Duration.ofDays(90);

  public Account {
    vendorAccounts = Map.copyOf(vendorAccounts);
    dispatches = Map.copyOf(dispatches);
    feeds = Map.copyOf(feeds);
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
