package dev.beckon.local.demo;

import dev.beckon.account.Account;
import dev.beckon.account.AccountSource;
import java.util.HashMap;
import java.util.Map;

/** Which vendor each vendor account is at, as configured. */
final class VendorNames {
  private final Map<String, String> names = new HashMap<>();

  VendorNames(AccountSource accounts) {
    for (Account account : accounts.all()) {
      account.vendorAccounts().forEach((name, used) -> names.put(name, used.vendor()));
    }
  }

  /** The vendor's name in the catalogue; empty for an account nobody knows. */
  String of(String vendorAccount) {
    return names.getOrDefault(vendorAccount, "");
  }
}
