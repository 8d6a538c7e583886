package dev.beckon.dispatch;

import dev.beckon.account.Dispatch;
import dev.beckon.account.Policy;
import dev.beckon.invitation.Invitation;
import dev.beckon.pace.Pace;
import dev.beckon.vendor.Vendor;
import dev.beckon.vendor.VendorTraits;
import java.util.List;

/**
 * Rows that go out through one vendor account.
 *
 * @param vendorAccount its name, for the journal
 */
record SendGroup(
    String vendorAccount,
    Vendor vendor,
    VendorTraits traits,
    Circuit circuit,
    Pace pace,
    List<Item> items) {

  /** A row with what it is rendered by and the dispatch it is timed and settled by. */
  record Item(Invitation invitation, Renderer renderer, Dispatch dispatch) {
    Policy policy() {
      return dispatch.policy();
    }
  }
}
