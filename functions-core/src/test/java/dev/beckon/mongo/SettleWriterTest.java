package dev.beckon.mongo;

import static dev.beckon.invitation.Invitations.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationState.Cause;
import dev.beckon.invitation.InvitationStore.Settlement;
import dev.beckon.invitation.JournalEntry;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SettleWriterTest {
  private static Settlement sent(int row, String note) {
    return new Settlement(
        "b1-" + row,
        "s1",
        Cause.SETTLE,
        InvitationState.SENT,
        new JournalEntry(NOON, InvitationState.SENT, "bulk", note),
        null,
        false,
        false);
  }

  @Test
  void writes_rowsOfOneBulkCall_areOneWrite() {
    List<Settlement> call =
        IntStream.range(0, 2_000).mapToObj(row -> sent(row, "accepted [id]")).toList();

    assertThat(SettleWriter.writes(call)).hasSize(1);
  }

  @Test
  void writes_rowsWithVendorIdsOfTheirOwn_areAWriteEach() {
    List<Settlement> singles =
        IntStream.range(0, 3).mapToObj(row -> sent(row, "accepted [" + row + "]")).toList();

    assertThat(SettleWriter.writes(singles)).hasSize(3);
  }
}
