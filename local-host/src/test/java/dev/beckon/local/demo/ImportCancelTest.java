package dev.beckon.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.filedrop.Import;
import dev.beckon.filedrop.ImportCancel;
import dev.beckon.invitation.InvitationState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cancellation while a worker process sends: what it says is what the mail server saw. */
class ImportCancelTest {
  @TempDir Path folder;

  @Test
  void cancel_inTheMiddleOfFiveThousand_sendsNothingMore_andEveryRowIsCounted() throws Exception {
    try (Rig rig = Rig.start(folder, 0.01, 0.02, Duration.ofMillis(10))) {
      rig.worker();
      rig.dropCustomers("customers.csv", 5_000);
      rig.until("mails go out", progress -> rig.cloud.smtp().ledger().total() > 200);
      String id = rig.stores().imports().newest(1).getFirst().id();
      ImportCancel cancel = rig.cloud.application().imports().importCancel();
      ImportCancel.Result first = cancel.cancel(id, "ann");
      assertThat(first.cancelled()).isPositive();

      Progress end =
          rig.until(
              "what was at the vendor has ended",
              progress ->
                  progress.finished(1)
                      && progress.states().keySet().stream().allMatch(InvitationState::isFinal));
      long received = rig.cloud.smtp().ledger().total();
      ImportCancel.Result last = cancel.cancel(id, "ann");

      Import cancelled = rig.stores().imports().find(id).orElseThrow();
      assertThat(cancelled.state()).isEqualTo(Import.State.CANCELLED);
      assertThat(last.underWay()).isZero();
      assertThat(last.sent()).isEqualTo(Rig.rows(end, InvitationState.SENT)).isEqualTo(received);
      assertThat(received).isLessThanOrEqualTo(first.sent() + first.underWay()).isLessThan(4_000);
      assertThat(rig.cloud.smtp().ledger().repeated()).isEmpty();
      long refused =
          rig.stores().imports().chunks(id).stream()
              .flatMap(chunk -> chunk.totals().refused().values().stream())
              .mapToLong(Integer::longValue)
              .sum();
      assertThat(refused + end.states().values().stream().mapToLong(Long::longValue).sum())
          .isEqualTo(5_000);
      try (var list = rig.cloud.bucket().read(cancelled.cancelledKey()).orElseThrow()) {
        assertThat(new String(list.readAllBytes(), StandardCharsets.UTF_8).lines())
            .hasSize((int) received + 1);
      }
    }
  }
}
