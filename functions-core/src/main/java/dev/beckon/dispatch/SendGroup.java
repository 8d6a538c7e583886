package dev.beckon.dispatch;

import dev.beckon.account.Policy;
import dev.beckon.invitation.Invitation;
import dev.beckon.vendor.Vendor;
import dev.beckon.vendor.VendorTraits;
import java.util.List;

/**
 * Rows that go out through one vendor account.
 *
 * @param vendorAccount its name, for the journal
 */
record SendGroup(
    String vendorAccount, Vendor vendor, VendorTraits traits, Circuit circuit, List<Item> items) {

  /** A row with what it is rendered by and the policy it is settled under. */
  record Item(Invitation invitation, Renderer renderer, Policy policy) {}
}
