package dev.beckon.vendors.sparkpost;

import dev.beckon.vendor.HttpPeer;
import dev.beckon.vendor.VendorContract;
import dev.beckon.vendor.VendorFactory;
import dev.beckon.vendor.VendorPeer;
import java.time.Duration;
import java.util.Map;

class SparkPostContractTest extends VendorContract {

  @Override
  protected VendorFactory factory() {
    return new SparkPostFactory();
  }

  @Override
  protected VendorPeer startPeer() {
    return new HttpPeer(new TransmissionScript());
  }

  @Override
  protected Map<String, String> settings(VendorPeer peer, Duration timeout) {
    return Map.of(
        "apiKey",
        "secret://sparkpost",
        "senderAddress",
        "survey@sender.example",
        "url",
        "http://127.0.0.1:" + peer.port(),
        "timeout",
        timeout.toString());
  }
}
