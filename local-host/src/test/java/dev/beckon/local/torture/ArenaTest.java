package dev.beckon.local.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.events.Event;
import dev.beckon.filedrop.Import;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArenaTest {
  /** More than a worker sends before it is stopped; {@code ./beckon torture} runs 20,000. */
  private static final int ROWS = 8_000;

  private static final Duration PATIENCE = Duration.ofMinutes(8);

  @TempDir Path folder;

  @Test
  void workerFrozenPastItsClaims_thenThawed_sendsNothingTwice() throws Exception {
    TortureFile file = TortureFile.of(TortureAccount.HOLD, 0, 600, 1);
    try (Arena arena = Arena.start(folder, 1, Archive.WITHOUT)) {
      arena.crew().fill(1);
      arena.drop(file);
      until("messages go out", () -> arena.vendor().taken() > 50);
      arena.crew().freeze(0);
      long taken = arena.vendor().taken();
      arena.clock().jump(Arena.PAST_HINTS);
      arena.crew().fill(2);
      until("another worker finds the claims expired", () -> gone(arena, file) > 0);
      until("and sends the rest", () -> arena.vendor().taken() > taken + 20);
      arena.crew().thaw(0);
      Standing end = arena.calm(2, PATIENCE);
      arena.crew().close();

      assertThat(end.finished(1)).isTrue();
      Books.Result books = books(arena, file);
      assertThat(books.violations()).isEmpty();
      assertThat(books.lines().keySet()).allMatch(line -> line.taken() <= 1);
      assertThat(books.lines().keySet())
          .extracting(Books.Line::state)
          .contains(InvitationState.SENT);
    }
  }

  @Test
  void queuesEmptied_whileWorkGoesOn_delayNobodyLongerThanALostHint() throws Exception {
    TortureFile file = TortureFile.of(TortureAccount.HOLD, 0, ROWS, 1);
    try (Arena arena = Arena.start(folder, 1, Archive.WITHOUT)) {
      arena.crew().fill(1);
      arena.drop(file);
      until("messages go out", () -> arena.vendor().taken() > 50);
      arena.crew().kill(0);
      arena.emptyQueues();
      assertThat(arena.parcelHints()).isZero();
      assertThat(arena.stores().parcels().open(onlyImport(arena).id())).isPositive();

      // the life of a hint (30 min), and what the clocks of two workers may differ by
      arena.clock().jump(Duration.ofMinutes(31));
      arena.crew().fill(1);
      until("everything is final", () -> Standing.of(arena.stores()).finished(1));
      arena.crew().close();

      assertThat(books(arena, file).violations()).isEmpty();
      assertThat(books(arena, file).lines().keySet())
          .extracting(Books.Line::state)
          .contains(InvitationState.SENT)
          .isSubsetOf(
              InvitationState.SENT,
              InvitationState.IN_DOUBT,
              InvitationState.DUPLICATE,
              InvitationState.TOO_SOON);
    }
  }

  @Test
  void storeOut_untilMessagesAreDeadLetters_leavesNobodyDead() throws Exception {
    TortureFile file = TortureFile.of(TortureAccount.HOLD, 0, 1_500, 1);
    try (Arena arena = Arena.start(folder, 1, Archive.WITHOUT)) {
      arena.crew().fill(1);
      arena.drop(file);
      until("messages go out", () -> arena.vendor().taken() > 50);
      arena.store().goesOut();
      until("a parcel's message is a dead letter", () -> arena.deadParcelHints() > 0);
      assertThat(Standing.of(arena.stores()).open()).isPositive();
      arena.store().comesBack();
      Standing end = arena.calm(1, PATIENCE);
      arena.crew().close();

      assertThat(end.finished(1)).isTrue();
      assertThat(arena.stores().events().newest(1_000))
          .extracting(Event::code)
          .contains("parcel-dead-lettered");
      Books.Result books = books(arena, file);
      assertThat(books.violations()).isEmpty();
      assertThat(books.lines().keySet())
          .extracting(Books.Line::state)
          .doesNotContain(InvitationState.DEAD, InvitationState.FAILED);
    }
  }

  @Test
  void fileEvent_thatBecameADeadLetter_isStillImported() throws Exception {
    TortureFile file = TortureFile.of(TortureAccount.HOLD, 0, 30, 1);
    try (Arena arena = Arena.start(folder, 1, Archive.WITHOUT)) {
      arena.drop(file);
      assertThat(arena.killFileEvents()).isEqualTo(1);
      Standing end = arena.calm(1, PATIENCE);
      arena.crew().close();

      assertThat(end.finished(1)).isTrue();
      assertThat(books(arena, file).violations()).isEmpty();
      assertThat(arena.stores().events().newest(100))
          .extracting(Event::code)
          .contains("import-accepted")
          .doesNotContain("message-undecodable");
    }
  }

  private static Books.Result books(Arena arena, TortureFile file) {
    return new Books(arena).compare(Map.of(file.key(), file));
  }

  private static Import onlyImport(Arena arena) {
    return arena.stores().imports().newest(2).getFirst();
  }

  /** Rows whose claim a sweep took from a worker. */
  private static long gone(Arena arena, TortureFile file) {
    List<String> ids = new ArrayList<>();
    for (int row = 2; row < file.rows() + 2; row++) {
      ids.add(Invitation.id(onlyImport(arena).id(), row));
    }
    return arena.stores().invitations().load(ids).stream()
        .filter(
            row -> row.journal().stream().anyMatch(e -> e.note().startsWith("its worker is gone")))
        .count();
  }

  private static void until(String what, BooleanSupplier holds) {
    Instant end = Instant.now().plus(PATIENCE);
    while (!holds.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("waited in vain until " + what);
      }
      Arena.pause(Duration.ofMillis(100));
    }
  }
}
