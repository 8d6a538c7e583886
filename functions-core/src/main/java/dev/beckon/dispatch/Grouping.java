package dev.beckon.dispatch;

import dev.beckon.account.Account;
import dev.beckon.account.Dispatch;
import dev.beckon.account.InvalidAccountException;
import dev.beckon.account.SecretMissingException;
import dev.beckon.dispatch.SendGroup.Item;
import dev.beckon.invitation.Invitation;
import dev.beckon.parcel.Parcel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sorts the rows of one dispatch call by the vendor account they go out through. One use. */
final class Grouping {
  private final VendorPool vendors;
  private final Renderers renderers;
  private final ConfigurationFaults faults;
  private final Map<String, SendGroup> groups = new LinkedHashMap<>();

  Grouping(VendorPool vendors, Renderers renderers, ConfigurationFaults faults) {
    this.vendors = vendors;
    this.renderers = renderers;
    this.faults = faults;
  }

  Collection<SendGroup> groups() {
    return groups.values();
  }

  /** Adds rows that may go out; those that our configuration has no way for become FAILED. */
  void add(Parcel parcel, Account account, Dispatch dispatch, List<Invitation> rows, Instant now) {
    Renderer renderer;
    try {
      renderer = renderers.of(account, dispatch.id());
    } catch (InvalidAccountException e) {
      faults.unconfigured(parcel, parcel.ids(), String.valueOf(e.getMessage()), now);
      return;
    }
    Map<String, List<Invitation>> byVendor = new LinkedHashMap<>();
    for (Invitation row : rows) {
      String vendorAccount =
          dispatch.route(row.channel()).map(route -> route.vendorAccounts().getFirst()).orElse("");
      byVendor.computeIfAbsent(vendorAccount, any -> new ArrayList<>()).add(row);
    }
    byVendor.forEach((vendorAccount, some) -> {
      SendGroup group;
      try {
        group = groupOf(account, vendorAccount);
      } catch (IllegalArgumentException | SecretMissingException e) {
        // Anything else, such as secrets that cannot be reached now, is no fault of the row's.
        faults.unconfigured(
            parcel,
            some.stream().map(Invitation::id).toList(),
            String.valueOf(e.getMessage()),
            now);
        return;
      }
      some.forEach(row -> group.items().add(new Item(row, renderer, dispatch)));
    });
  }

  private SendGroup groupOf(Account account, String vendorAccount) {
    String key = account.id() + "/" + vendorAccount;
    SendGroup known = groups.get(key);
    if (known != null) {
      return known;
    }
    VendorPool.Pooled pooled = vendors.of(account, vendorAccount);
    SendGroup group =
        new SendGroup(
            vendorAccount,
            pooled.vendor(),
            pooled.traits(),
            pooled.circuit(),
            pooled.pace(),
            new ArrayList<>());
    groups.put(key, group);
    return group;
  }
}
