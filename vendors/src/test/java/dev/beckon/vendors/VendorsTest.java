package dev.beckon.vendors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.account.Secret;
import dev.beckon.account.TestTwin;
import dev.beckon.invitation.Channel;
import dev.beckon.vendor.VendorFactory;
import dev.beckon.vendor.VendorSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VendorsTest {
  @Test
  void catalog_vendorsShipped_known() {
    assertThat(Vendors.catalog().names())
        .containsExactly("smtp", "sparkpost", "messagebird", "simulator");
  }

  @Test
  void catalog_vendorOfTestTwins_needsNoSettingsAndServesEveryChannel() {
    VendorFactory simulator = Vendors.catalog().find(TestTwin.VENDOR).orElseThrow();

    assertThat(VendorSettings.problems(simulator.settings(), Map.of())).isEmpty();
    assertThat(simulator.channels()).containsExactlyInAnyOrder(Channel.values());
    assertThat(
            VendorSettings.read(simulator.settings(), Map.of(), reference -> new Secret(""))
                .optionalUri("sink"))
        .isEmpty();
  }
}
