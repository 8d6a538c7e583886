package dev.beckon.vendors;

import dev.beckon.vendor.VendorCatalog;
import dev.beckon.vendors.messagebird.MessageBirdFactory;
import dev.beckon.vendors.simulator.SimulatorFactory;
import dev.beckon.vendors.smtp.SmtpFactory;
import dev.beckon.vendors.sparkpost.SparkPostFactory;
import java.util.List;

/** The one list of vendors Beckon ships; a new vendor adds its line here. */
public final class Vendors {

  private Vendors() {}

  public static VendorCatalog catalog() {
    return new VendorCatalog(
        List.of(
            new SmtpFactory(),
            new SparkPostFactory(),
            new MessageBirdFactory(),
            new SimulatorFactory()));
  }
}
