package dev.beckon.local.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.local.servers.FaultyVendor;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Figures, not checks: 10,000 texts over a vendor account of 200 a second with four worker
 * processes, and mails through a second account without limits, alone and beside them. {@code
 * -Dtest=PacingMeasurement -Dbeckon.measure=true}.
 */
@EnabledIfSystemProperty(named = "beckon.measure", matches = "true")
class PacingMeasurement {
  private static final Logger LOG = LoggerFactory.getLogger(PacingMeasurement.class);

  private static final int ROWS = 10_000;
  private static final int RATE = 200;
  private static final int WORKERS = 4;
  private static final int MAILS = 4_000;

  @TempDir Path folder;

  private record Figures(int messages, double seconds, int mostInASecond, long twice) {
    static Figures of(FaultyVendor vendor) {
      List<Instant> at =
          vendor.references().stream()
              .map(reference -> vendor.receipts(reference).getFirst().at())
              .sorted()
              .toList();
      int first = 0;
      int most = 0;
      for (int i = 0; i < at.size(); i++) {
        while (!at.get(first).plusSeconds(1).isAfter(at.get(i))) {
          first++;
        }
        most = Math.max(most, i - first + 1);
      }
      long twice =
          vendor.references().stream().filter(ref -> vendor.receipts(ref).size() > 1).count();
      Duration whole = Duration.between(at.getFirst(), at.getLast());
      return new Figures(at.size(), whole.toMillis() / 1e3, most, twice);
    }
  }

  @Test
  void figures_tenThousandOverTwoHundredASecond_areLogged() throws Exception {
    LOG.info("mails alone: {}", run(0, MAILS)[1]);
    Figures[] both = run(ROWS, MAILS);
    LOG.info("{} texts at {}/s, ideal {} s: {}", ROWS, RATE, ROWS / RATE, both[0]);
    LOG.info("mails beside them: {}", both[1]);
  }

  private Figures[] run(int texts, int mails) throws Exception {
    try (FaultyVendor limited = FaultyVendor.start(1, 5);
        FaultyVendor free = FaultyVendor.start(1, 50);
        Rig rig = Rig.start(folder.resolve("run-" + texts), 0, 0, Duration.ZERO)) {
      rig.configure(
          Map.of("SIMULATOR_SINK", limited.url().toString()),
          root -> {
            ObjectNode accounts = (ObjectNode) root.path("vendorAccounts");
            // nothing begins when a call might outlast the short functions of a rig
            ((ObjectNode) accounts.path("text").path("settings")).put("timeout", "PT5S");
            ((ObjectNode) accounts.path("text"))
                .putObject("limits")
                .put("recipientsPerSecond", RATE);
            accounts
                .putObject("mail")
                .put("vendor", "simulator")
                .putObject("settings")
                .put("sink", free.url().toString())
                .put("inFlight", "4")
                .put("timeout", "PT5S");
          });
      for (int i = 0; i < WORKERS; i++) {
        rig.worker();
      }
      if (texts > 0) {
        try (OutputStream out = rig.cloud.bucket().writer("service-calls/incoming/callers.tsv")) {
          SampleRows.writeCallers(out, texts, 7);
        }
        rig.until("texts go out", progress -> limited.taken() > 2 * RATE);
      }
      rig.dropCustomers("customers.csv", mails);
      rig.untilFinished(texts > 0 ? 2 : 1);
      return new Figures[] {texts > 0 ? Figures.of(limited) : null, Figures.of(free)};
    }
  }
}
