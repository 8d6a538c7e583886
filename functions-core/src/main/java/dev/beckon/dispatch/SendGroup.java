package dev.beckon.dispatch;

import dev.beckon.account.Dispatch;
import dev.beckon.account.Policy;
import dev.beckon.invitation.Invitation;
import dev.beckon.pace.Pace;
import dev.beckon.telemetry.Tag;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.Vendor;
import dev.beckon.vendor.VendorTraits;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Rows that go out through one vendor account.
 *
 * @param vendorAccount its name, for the journal
 * @param vendorName of the vendor in the catalogue
 */
record SendGroup(
    String vendorAccount,
    String vendorName,
    Vendor vendor,
    VendorTraits traits,
    Circuit circuit,
    Pace pace,
    List<Item> items) {

  /** What its log lines, spans and figures say. */
  Map<Tag, String> tags() {
    Map<Tag, String> about = new EnumMap<>(Tag.class);
    about.put(Tag.VENDOR, vendorName);
    about.put(Tag.VENDOR_ACCOUNT, vendorAccount);
    if (!items.isEmpty()) {
      Invitation first = items.getFirst().invitation();
      about.put(Tag.ACCOUNT, first.account());
      if (items.stream().allMatch(item -> item.invitation().dispatch().equals(first.dispatch()))) {
        about.put(Tag.DISPATCH, first.dispatch());
      }
    }
    return about;
  }

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
