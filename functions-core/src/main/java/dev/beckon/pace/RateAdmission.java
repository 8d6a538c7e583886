package dev.beckon.pace;

import dev.beckon.account.Account;
import dev.beckon.account.AccountSource;
import dev.beckon.account.Dispatch;
import dev.beckon.account.Limits;
import dev.beckon.account.Route;
import dev.beckon.account.VendorAccount;
import dev.beckon.parcel.Admission;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Admits what the first vendor accounts of a dispatch take in a few minutes at their configured
 * rate of recipients. A dispatch with a channel whose first vendor account has none is not held
 * back. Thread-safe.
 */
public final class RateAdmission implements Admission {
  /** Sweep refills every minute. */
  static final Duration AHEAD = Duration.ofMinutes(5);

  private final AccountSource accounts;

  public RateAdmission(AccountSource accounts) {
    this.accounts = accounts;
  }

  @Override
  public OptionalLong rows(String account, String dispatch) {
    Account found = accounts.find(account).orElse(null);
    Dispatch wanted = found == null ? null : found.dispatch(dispatch).orElse(null);
    if (found == null || wanted == null) {
      return OptionalLong.empty();
    }
    double most = 0;
    boolean limited = false;
    for (Route route : wanted.routes()) {
      VendorAccount first = found.vendorAccounts().get(route.vendorAccounts().getFirst());
      Limits limits = first == null ? Limits.NONE : first.limits();
      limited |= limits.shared();
      most = Math.max(most, limits.recipientsPerSecond());
    }
    // an infinite number of recipients becomes the largest number
    return limited
        ? OptionalLong.of((long) Math.ceil(most * AHEAD.toSeconds()))
        : OptionalLong.empty();
  }
}
