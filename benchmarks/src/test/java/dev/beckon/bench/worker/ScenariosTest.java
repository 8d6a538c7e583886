package dev.beckon.bench.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.bench.measure.Outcome;
import dev.beckon.bench.sinks.SinkProcess;
import dev.beckon.local.Parts;
import dev.beckon.local.demo.SampleRows;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real core on the sinks, all in this process: every row has to come to its end. */
class ScenariosTest {
  private static final int SIZE = 300;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bulk-0",
        "text-0",
        "text-50",
        "mail-0",
        "mail-50",
        "limit-text-0",
        "limit-text-50",
        "limit-mail-0",
        "limit-mail-50"
      })
  void run_scenario_doesEveryRow(String scenario) throws Exception {
    assertThat(run(scenario, SIZE).rounds())
        .hasSize(2)
        .allSatisfy(round -> assertThat(round.done()).isBetween(SIZE - 64L, (long) SIZE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit-bulk-0", "limit-insert", "limit-settle"})
  void run_limitOfWholeBatches_doesThem(String scenario) throws Exception {
    assertThat(run(scenario, 16_000).rounds())
        .hasSize(2)
        .allSatisfy(round -> assertThat(round.done()).isEqualTo(16_000));
  }

  @Test
  void run_csv_everyRowBecomesAnInvitationOrIsRefused() throws Exception {
    try (OutputStream out = Files.newOutputStream(folder.resolve("customers-1000.csv"))) {
      SampleRows.writeCustomers(out, 1_000, 1);
    }

    Outcome outcome = run("csv", 1_000);

    assertThat(outcome.rounds())
        .hasSize(2)
        .allSatisfy(round -> assertThat(round.done()).isEqualTo(1_001));
    assertThat(outcome.peakHeap()).isPositive();
  }

  private Outcome run(String scenario, int size) throws Exception {
    try (Parts parts = new Parts()) {
      Map<String, String> places = SinkProcess.start(parts);
      return WorkerMain.run(new Order(scenario, places, 0, 2, size, folder));
    }
  }
}
