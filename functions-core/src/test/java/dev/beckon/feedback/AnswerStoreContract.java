package dev.beckon.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.feedback.AnswerSheet.Kept;
import dev.beckon.invitation.SealedValue;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link AnswerStore} keeps. Each test starts with an empty one. */
public abstract class AnswerStoreContract {
  private static final Instant NOON = Instant.parse("2026-03-05T12:00:00Z");
  private static final LocalDate DAY = LocalDate.parse("2026-03-05");

  protected abstract AnswerStore store();

  /** Bytes that say which day's key they need. */
  private static SealedValue sealedOn(LocalDate day) {
    byte[] bytes = new byte[40];
    ByteBuffer.wrap(bytes).put((byte) 1).putInt((int) day.toEpochDay());
    return new SealedValue(bytes);
  }

  private static AnswerSheet sheet(String account, int row, long version, Map<String, Kept> kept) {
    return new AnswerSheet(
        "b1-00000000" + row,
        account,
        "stay",
        "b1",
        NOON,
        NOON.plusSeconds(version),
        version > 1,
        version,
        kept);
  }

  private static Map<String, Kept> everyKind() {
    return Map.of(
        "nps", new AnswerSheet.Figure(NOON, 9),
        "share.of", new AnswerSheet.Figure(NOON, -0.25),
        "most", new AnswerSheet.Figure(NOON, Submission.LARGEST_FIGURE),
        "again", new AnswerSheet.Choice(NOON.plusMillis(1), true),
        "why", new AnswerSheet.Words(NOON, sealedOn(DAY)),
        "gone", new AnswerSheet.Words(NOON, SealedValue.NONE));
  }

  @Test
  void save_new_isFoundAsItWas() {
    AnswerSheet sheet = sheet("acme", 1, 1, everyKind());

    assertThat(store().save(sheet)).isTrue();

    assertThat(store().find(sheet.invitation())).contains(sheet);
    assertThat(store().find("b1-000000002")).isEmpty();
  }

  @Test
  void save_overTheVersionBefore_replaces_overAnyOther_changesNothing() {
    AnswerSheet first = sheet("acme", 1, 1, everyKind());
    AnswerSheet second = sheet("acme", 1, 2, Map.of("nps", new AnswerSheet.Figure(NOON, 3)));
    AnswerSheet third = sheet("acme", 1, 3, Map.of());

    assertThat(store().save(second)).isFalse();
    assertThat(store().save(first)).isTrue();
    assertThat(store().save(first)).isFalse();
    assertThat(store().save(third)).isFalse();
    assertThat(store().save(second)).isTrue();
    assertThat(store().save(second)).isFalse();

    assertThat(store().find(first.invitation())).contains(second);
  }

  @Test
  void sealedUnder_accountAndDay_findsTheirsAndNoMoreThanAskedFor() {
    Map<String, Kept> words =
        Map.of(
            "a", new AnswerSheet.Words(NOON, sealedOn(DAY)),
            "b", new AnswerSheet.Words(NOON, sealedOn(DAY.plusDays(1))));
    for (int row = 1; row <= 3; row++) {
      store().save(sheet("acme", row, 1, words));
    }
    store().save(sheet("other", 4, 1, words));
    store().save(sheet("acme", 5, 1, Map.of("nps", new AnswerSheet.Figure(NOON, 1))));

    for (LocalDate day : List.of(DAY, DAY.plusDays(1))) {
      assertThat(store().sealedUnder("acme", day, 9))
          .extracting(AnswerSheet::invitation)
          .containsExactlyInAnyOrder("b1-000000001", "b1-000000002", "b1-000000003");
      assertThat(store().sealedUnder("acme", day, 2)).hasSize(2);
    }
    assertThat(store().sealedUnder("acme", DAY.minusDays(1), 9)).isEmpty();
  }

  @Test
  void without_aDay_takesItsWordsOutAndNothingElse() {
    Map<String, Kept> kept =
        Map.of(
            "a", new AnswerSheet.Words(NOON, sealedOn(DAY)),
            "b", new AnswerSheet.Words(NOON, sealedOn(DAY.plusDays(1))),
            "nps", new AnswerSheet.Figure(NOON, 9));
    AnswerSheet sheet = sheet("acme", 1, 1, kept);
    store().save(sheet);

    assertThat(store().save(sheet.without(DAY))).isTrue();

    assertThat(store().sealedUnder("acme", DAY, 9)).isEmpty();
    assertThat(store().sealedUnder("acme", DAY.plusDays(1), 9)).hasSize(1);
    assertThat(store().find(sheet.invitation()).orElseThrow().answers())
        .containsEntry("a", new AnswerSheet.Words(NOON, SealedValue.NONE))
        .containsEntry("b", kept.get("b"))
        .containsEntry("nps", kept.get("nps"));
  }

  @Test
  void delete_some_leavesTheOthers() {
    for (int row = 1; row <= 3; row++) {
      store().save(sheet("acme", row, 1, everyKind()));
    }

    store().delete(List.of("b1-000000001", "b1-000000003", "nobody's"));

    assertThat(store().find("b1-000000001")).isEmpty();
    assertThat(store().find("b1-000000002")).isPresent();
    assertThat(store().find("b1-000000003")).isEmpty();
    store().delete(List.of());
    assertThat(store().save(sheet("acme", 1, 1, everyKind()))).isTrue();
  }
}
