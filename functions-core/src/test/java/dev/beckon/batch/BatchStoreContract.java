package dev.beckon.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.batch.BatchReceipt.Refused;
import dev.beckon.batch.BatchStore.Listed;
import dev.beckon.batch.BatchStore.Place;
import dev.beckon.invitation.InvitationState;
import dev.beckon.parcel.BatchGates;
import dev.beckon.parcel.RowSet;
import dev.beckon.testing.Together;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link BatchStore} keeps. Each test starts with an empty store. */
public abstract class BatchStoreContract {
  private static final Instant NOON = Instant.parse("2026-03-05T12:00:00Z");
  private static final Instant HELD = NOON.plusSeconds(60);
  private static final BatchReceipt RECEIPT =
      new BatchReceipt(
          Map.of(
              InvitationState.ACCEPTED, RowSet.of(List.of(0, 2, 3)),
              InvitationState.DUPLICATE, RowSet.of(List.of(4))),
          List.of(
              new Refused(
                  "recipients.email",
                  "email-no-at",
                  "has no @",
                  "complete it",
                  RowSet.of(List.of(1, 5)))));

  protected abstract BatchStore batches();

  /** On the same database. */
  protected abstract BatchGates gates();

  private static Batch batch(String id, String account, String dispatch, Instant at) {
    return new Batch(
        id, account, dispatch, "key 1 (crm)", at, null, 6, "f1", at.plusSeconds(60), null);
  }

  private static Batch batch(String id) {
    return batch(id, "acme", "stay", NOON);
  }

  @Test
  void insert_new_isFoundInItsAccountAlone() {
    Batch later =
        new Batch("b2", "acme", "stay", "ada", NOON, NOON.plusSeconds(9), 1, "", HELD, null);

    assertThat(batches().insert(batch("b1"))).isTrue();
    assertThat(batches().insert(later)).isTrue();
    assertThat(batches().find("acme", "b1")).contains(batch("b1"));
    assertThat(batches().find("acme", "b2")).contains(later);
    assertThat(batches().find("other", "b1")).isEmpty();
    assertThat(batches().find("acme", "b3")).isEmpty();
  }

  @Test
  void insert_thereAlready_changesNothing() {
    batches().insert(batch("b1"));

    assertThat(batches().insert(batch("b1", "acme", "other", NOON.plusSeconds(1)))).isFalse();
    assertThat(batches().find("acme", "b1")).contains(batch("b1"));
  }

  @Test
  void insert_byEightThreads_isDoneByOne() throws Exception {
    List<Boolean> inserted = Together.run(8, thread -> batches().insert(batch("b1")));

    assertThat(inserted).containsOnlyOnce(true);
  }

  @Test
  void takeOver_asRead_isDoneOnce() throws Exception {
    batches().insert(batch("b1"));

    List<Boolean> taken =
        Together.run(
            8, thread -> batches().takeOver("b1", HELD, HELD.plus(Duration.ofSeconds(thread + 1))));

    assertThat(taken).containsOnlyOnce(true);
    assertThat(batches().find("acme", "b1").orElseThrow().until()).isAfter(HELD);
    assertThat(batches().find("acme", "b1").orElseThrow().acceptedAt()).isEqualTo(NOON);
  }

  @Test
  void takeOver_missingOrFinished_isRefused() {
    batches().insert(batch("b1"));
    batches().finish("b1", RECEIPT);

    assertThat(batches().takeOver("b1", HELD, HELD.plusSeconds(60))).isFalse();
    assertThat(batches().takeOver("b2", HELD, HELD.plusSeconds(60))).isFalse();
  }

  @Test
  void letGo_ownHold_endsIt_anothersIsLeftAlone() {
    batches().insert(batch("b1"));

    batches().letGo("b1", HELD.plusMillis(1), NOON);
    assertThat(batches().find("acme", "b1").orElseThrow().until()).isEqualTo(HELD);

    batches().letGo("b1", HELD, NOON);
    assertThat(batches().find("acme", "b1").orElseThrow().until()).isEqualTo(NOON);
  }

  @Test
  void finish_first_stays() {
    batches().insert(batch("b1"));
    BatchReceipt other = new BatchReceipt(Map.of(), List.of());

    assertThat(batches().finish("b1", RECEIPT)).isTrue();
    assertThat(batches().finish("b1", other)).isFalse();
    assertThat(batches().finish("b2", other)).isFalse();
    assertThat(batches().find("acme", "b1").orElseThrow().receipt()).isEqualTo(RECEIPT);
  }

  @Test
  void finish_tenThousandRowsOfEveryFate_isKeptWhole() {
    List<RefusedRow> refused = new ArrayList<>();
    List<Integer> even = new ArrayList<>();
    for (int row = 0; row < 10_000; row++) {
      if (row % 2 == 0) {
        even.add(row);
      } else {
        refused.add(new RefusedRow(row, "f" + row % 40, "c" + row % 50, "is wrong", "correct it"));
      }
    }
    BatchReceipt receipt = BatchReceipt.of(Map.of(InvitationState.ACCEPTED, even), refused);
    batches().insert(batch("b1"));
    batches().finish("b1", receipt);

    BatchReceipt found = batches().find("acme", "b1").orElseThrow().receipt();
    assertThat(found).isEqualTo(receipt);
    assertThat(found.refusedRows()).isEqualTo(refused);
    assertThat(found.storedCount()).isEqualTo(5_000);
  }

  @Test
  void gates_besideBatches_neitherSeesTheOther() {
    batches().insert(batch("b1"));
    assertThat(gates().among(List.of("b1"))).isEmpty();

    gates().cancel("b1", NOON);
    gates().cancel("b2", NOON);
    batches().finish("b1", RECEIPT);

    assertThat(batches().find("acme", "b1")).contains(batch("b1").done(RECEIPT));
    assertThat(batches().find("acme", "b2")).isEmpty();
    assertThat(batches().page("acme", null, null, 10)).hasSize(1);
    assertThat(gates().among(List.of("b1", "b2")))
        .isEqualTo(Map.of("b1", BatchGates.State.CANCELLED, "b2", BatchGates.State.CANCELLED));
  }

  @Test
  void page_ofAnAccount_isNewestFirstAndComplete() {
    for (int i = 0; i < 10; i++) {
      batches()
          .insert(batch("b" + i, "acme", i % 2 == 0 ? "stay" : "shop", NOON.plusSeconds(i / 3)));
    }
    batches().insert(batch("c1", "other", "stay", NOON));
    batches().finish("b9", RECEIPT);

    List<String> seen = new ArrayList<>();
    Place after = null;
    while (true) {
      List<Listed> page = batches().page("acme", null, after, 3);
      if (page.isEmpty()) {
        break;
      }
      page.forEach(one -> seen.add(one.id()));
      after = new Place(page.getLast().acceptedAt(), page.getLast().id());
    }

    assertThat(seen).containsExactly("b9", "b8", "b7", "b6", "b5", "b4", "b3", "b2", "b1", "b0");
    assertThat(batches().page("acme", "shop", null, 2))
        .extracting(Listed::id)
        .containsExactly("b9", "b7");
    assertThat(batches().page("acme", "shop", null, 2))
        .first()
        .isEqualTo(new Listed("b9", "shop", "key 1 (crm)", NOON.plusSeconds(3), 6, 2, true));
    assertThat(batches().page("acme", "stay", null, 1))
        .containsExactly(new Listed("b8", "stay", "key 1 (crm)", NOON.plusSeconds(2), 6, 0, false));
  }
}
