package dev.beckon.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.local.servers.FaultyVendor;
import dev.beckon.local.servers.FaultyVendor.Weather;
import dev.beckon.local.servers.VendorFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two vendors behind one route, over real HTTP, in a worker process. */
class FailoverRunTest {
  private static final int ROWS = 5_000;

  @TempDir Path folder;

  @Test
  void firstVendorAnswers503FromTheMiddle_restGoesThroughTheSecond_nobodyTwice() throws Exception {
    try (Rig rig = Rig.start(folder, 0, 0, Duration.ZERO);
        FaultyVendor first = FaultyVendor.start(1, 4);
        FaultyVendor second = FaultyVendor.start(2, 4)) {
      rig.configure(
          Map.of(),
          account -> {
            ObjectNode vendors = (ObjectNode) account.path("vendorAccounts");
            simulator(vendors.putObject("mail"), first);
            simulator(vendors.putObject("mail-backup"), second);
            ObjectNode route =
                (ObjectNode) account.path("dispatches").path("store-visit").path("routes").get(0);
            route.putArray("vendors").add("mail").add("mail-backup");
          });
      rig.dropCustomers("customers.csv", ROWS);
      rig.worker();
      rig.until("half of them are taken", progress -> first.taken() >= ROWS / 2);
      first.turns(new Weather(1, List.of(VendorFault.UNAVAILABLE)));
      Progress end = rig.untilFinished(1);

      assertThat(end.states().keySet())
          .isSubsetOf(InvitationState.SENT, InvitationState.DUPLICATE, InvitationState.TOO_SOON);
      Set<String> atFirst = taken(first);
      Set<String> atSecond = taken(second);
      assertThat(atSecond).isNotEmpty().doesNotContainAnyElementsOf(atFirst);
      assertThat((long) atFirst.size() + atSecond.size())
          .isEqualTo(first.taken() + second.taken())
          .isEqualTo(Rig.rows(end, InvitationState.SENT));
      for (Invitation row : rig.stores().invitations().load(atSecond)) {
        assertThat(row.journal())
            .as(row.id())
            .anyMatch(entry ->
                entry.note().endsWith("; next: mail-backup")
                    || entry.note().startsWith("instead of mail, "));
      }
      assertThat(first.met().get(VendorFault.UNAVAILABLE))
          .as("calls before the circuit opened")
          .isLessThanOrEqualTo(60);
      assertThat(rig.stores().events().newest(100))
          .filteredOn(event -> event.code().equals("vendor-failed-over"))
          .hasSizeBetween(1, 2);
    }
  }

  private static void simulator(ObjectNode account, FaultyVendor vendor) {
    account
        .put("vendor", "simulator")
        .putObject("settings")
        .put("sink", vendor.url().toString())
        .put("inFlight", "8")
        .put("timeout", "PT5S");
  }

  private static Set<String> taken(FaultyVendor vendor) {
    Set<String> taken = new HashSet<>();
    for (String reference : vendor.references()) {
      if (vendor.receipts(reference).stream().anyMatch(receipt -> receipt.fault().takes())) {
        taken.add(reference);
      }
    }
    return taken;
  }
}
