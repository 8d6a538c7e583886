package dev.beckon.account;

import dev.beckon.invitation.Channel;
import java.util.List;

/**
 * One channel of a dispatch and the vendor accounts that serve it.
 *
 * @param vendorAccounts names of vendor accounts, in order of preference; at least one
 */
public record Route(Channel channel, List<String> vendorAccounts) {
  public Route {
    vendorAccounts = List.copyOf(vendorAccounts);
  }
}
