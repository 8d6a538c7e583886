package dev.beckon.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.invitation.InvitationState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One core, two clouds: the same course of events leaves the same behind. */
class TwoCloudsTest {
  @TempDir static Path folder;
  private static Remains aws;
  private static Remains azure;

  @BeforeAll
  static void run() throws Exception {
    aws =
        ComparedRun.on(
            folder.resolve("aws"),
            () -> AwsSide.start(Duration.ofMinutes(2), 2),
            cloud ->
                WorkerProcess.start(
                    cloud, folder.resolve("aws").resolve("worker.log"), 256, Map.of()));
    azure =
        ComparedRun.on(
            folder.resolve("azure"),
            () -> AwsSide.start(Duration.ofMinutes(2), 2),
            cloud ->
                WorkerProcess.start(
                    cloud, folder.resolve("azure").resolve("worker.log"), 256, Map.of()));
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
    assertThat(aws.rows().values()).filteredOn(row -> row.attempts() > 1).isNotEmpty();
    assertThat(aws.files().values()).extracting(Remains.File::refusedRows).isNotEmpty();
  }

  @Test
  void rows_statesAndJournals_areEqual() {
    assertThat(azure.rows()).containsExactlyEntriesOf(aws.rows());
  }

  @Test
  void files_receiptsRefusedRowsAndReports_areEqual() {
    assertThat(azure.files()).containsExactlyEntriesOf(aws.files());
  }

  @Test
  void messages_atEveryFarEnd_areForTheSameRows() {
    assertThat(azure.received()).containsExactlyEntriesOf(aws.received());
    assertThat(aws.received()).containsOnlyKeys("smtp", "sparkpost", "messagebird");
  }
}
