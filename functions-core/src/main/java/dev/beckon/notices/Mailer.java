package dev.beckon.notices;

import dev.beckon.account.Account;
import dev.beckon.parcel.Deadline;
import dev.beckon.vendor.OutboundMessage;
import dev.beckon.vendor.SendResult;
import java.util.List;

/** Sends mails that no invitation stands behind. Thread-safe. */
@FunctionalInterface
public interface Mailer {

  /**
   * Tries each mail once. Never throws because of a vendor or its configuration.
   *
   * @param vendorAccount of the account
   * @param stop nothing is on its way any more by then
   * @return one result per mail, in their order
   */
  List<SendResult> send(
      Account account, String vendorAccount, List<OutboundMessage> mails, Deadline stop);
}
