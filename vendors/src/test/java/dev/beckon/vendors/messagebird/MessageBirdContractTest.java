package dev.beckon.vendors.messagebird;

import dev.beckon.vendor.HttpPeer;
import dev.beckon.vendor.VendorContract;
import dev.beckon.vendor.VendorFactory;
import dev.beckon.vendor.VendorPeer;
import java.time.Duration;
import java.util.Map;

class MessageBirdContractTest extends VendorContract {

  @Override
  protected VendorFactory factory() {
    return new MessageBirdFactory();
  }

  @Override
  protected VendorPeer startPeer() {
    return new HttpPeer(new Peer());
  }

  @Override
  protected Map<String, String> settings(VendorPeer peer, Duration timeout) {
    return Map.of(
        "accessKey",
        "secret://messagebird",
        "originator",
        "Beckon",
        "url",
        "http://localhost:" + peer.port() + "/messages",
        "timeout",
        timeout.toString());
  }
}
