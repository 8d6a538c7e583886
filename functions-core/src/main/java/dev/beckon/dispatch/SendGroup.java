package dev.beckon.dispatch;

import dev.beckon.account.Dispatch;
import dev.beckon.account.Policy;
import dev.beckon.invitation.Invitation;
import dev.beckon.pace.Pace;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.Vendor;
import dev.beckon.vendor.VendorTraits;
import java.time.Instant;
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

  /**
   * A row with what it is rendered by and the dispatch it is timed and settled by.
   *
   * @param from when it may be claimed
   */
  record Item(
      Invitation invitation, Renderer renderer, Dispatch dispatch, Chain chain, Instant from) {
    Policy policy() {
      return dispatch.policy();
    }

    Item from(Instant again) {
      return new Item(invitation, renderer, dispatch, chain, again);
    }

    /** The same row, for those of its chain that are left. */
    Item without(String vendorAccount, SendCode code, Instant again) {
      return new Item(invitation, renderer, dispatch, chain.without(vendorAccount, code), again);
    }

    /** The same row, for its whole chain again. */
    Item anew() {
      return new Item(invitation, renderer, dispatch, chain.anew(), from);
    }
  }
}
