package dev.beckon.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.bed.ScriptedVendor;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.vendor.VendorCatalog;
import java.util.List;
import org.junit.jupiter.api.Test;

class RehearsalTest {
  @Test
  void run_withoutAnyInstallation_takesAFileAndARequestTheWholeWay() {
    VendorCatalog catalog = new VendorCatalog(List.of(new ScriptedVendor("scripted")));

    assertThat(Rehearsal.run(catalog, "scripted"))
        .extracting(Invitation::state)
        .hasSize(4)
        .containsOnly(InvitationState.SENT);
  }
}
