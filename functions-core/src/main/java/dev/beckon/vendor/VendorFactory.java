package dev.beckon.vendor;

import dev.beckon.invitation.Channel;
import java.util.List;
import java.util.Set;

/** Names a vendor, says what it needs and builds it. Stateless and thread-safe. */
public interface VendorFactory {

  /** The name accounts use, such as {@code smtp}; matched exactly. */
  String name();

  /** The channels it serves. */
  Set<Channel> channels();

  /** Its settings, in the order a person would fill them in. */
  List<Setting> settings();

  default VendorTraits traits() {
    return VendorTraits.none();
  }

  /** Builds the vendor; opens no connection yet. */
  Vendor create(VendorSettings settings);
}
