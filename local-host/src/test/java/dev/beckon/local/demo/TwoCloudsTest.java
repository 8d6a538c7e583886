package dev.beckon.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.filedrop.Import;
import dev.beckon.invitation.InvitationState;
import dev.beckon.local.cloud.AwsSide;
import dev.beckon.local.cloud.AzureSide;
import dev.beckon.local.cloud.FunctionsWorkers;
import dev.beckon.local.cloud.WorkerProcess;
import dev.beckon.local.servers.NeedsAzurite;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One core, two clouds: the same course of events leaves the same behind. */
@ExtendWith(NeedsAzurite.class)
class TwoCloudsTest {
  @TempDir static Path folder;
  private static Remains aws;
  private static Remains azure;

  @BeforeAll
  static void run() throws Exception {
    azure =
        ComparedRun.on(
            folder.resolve("azure"),
            AzureSide::start,
            cloud ->
                FunctionsWorkers.start(
                    cloud,
                    FunctionsWorkers.stagedIn(Path.of("..")),
                    folder.resolve("azure").resolve("functions-host.log"),
                    256));
    aws =
        ComparedRun.on(
            folder.resolve("aws"),
            () -> AwsSide.start(Duration.ofMinutes(2), 2),
            cloud ->
                WorkerProcess.start(
                    cloud, folder.resolve("aws").resolve("worker.log"), 256, Map.of()));
  }

  @Test
  void courseOfEvents_meetsEveryKindOfRow() {
    assertThat(aws.states())
        .contains(
            InvitationState.SENT,
            InvitationState.FAILED,
            InvitationState.DUPLICATE,
            InvitationState.SUPPRESSED,
            InvitationState.TOO_SOON);
    assertThat(aws.rows().values()).extracting(Remains.Row::language).contains("en", "de");
    assertThat(aws.rows().values())
        .flatExtracting(Remains.Row::journal)
        .extracting(Remains.Entry::state)
        .contains(InvitationState.RETRY);
    assertThat(aws.files().values())
        .extracting(Remains.File::state)
        .contains(Import.State.ACCEPTED, Import.State.CHECKED, Import.State.REFUSED);
    assertThat(aws.files().values()).filteredOn(file -> file.report().isPresent()).hasSize(1);
    assertThat(aws.files().values()).filteredOn(file -> file.refusedRows().isPresent()).hasSize(3);
  }

  @Test
  void rows_statesAndJournals_areEqual() {
    assertThat(Remains.differences(aws.rows(), azure.rows())).isEmpty();
  }

  @Test
  void files_receiptsRefusedRowsAndReports_areEqual() {
    assertThat(Remains.differences(aws.files(), azure.files())).isEmpty();
  }

  @Test
  void messages_atEveryFarEnd_areForTheSameRows() {
    assertThat(azure.received()).isEqualTo(aws.received());
    assertThat(aws.received()).containsOnlyKeys("smtp", "sparkpost", "messagebird");
  }
}
