package dev.beckon.vendors.smtp;

import dev.beckon.vendor.VendorContract;
import dev.beckon.vendor.VendorFactory;
import dev.beckon.vendor.VendorPeer;
import java.time.Duration;
import java.util.Map;

class SmtpContractTest extends VendorContract {

  @Override
  protected VendorFactory factory() {
    return new SmtpFactory();
  }

  @Override
  protected VendorPeer startPeer() {
    return new SmtpPeer();
  }

  @Override
  protected Map<String, String> settings(VendorPeer peer, Duration timeout) {
    return Map.of(
        "host", "localhost",
        "port", Integer.toString(peer.port()),
        "security", "none",
        "username", "beckon",
        "password", "secret://mail",
        "senderAddress", "survey@sender.example",
        "timeout", timeout.toString());
  }

  /** It speaks SMTP; its replies have a table test of their own. */
  @Override
  protected boolean speaksHttp() {
    return false;
  }
}
