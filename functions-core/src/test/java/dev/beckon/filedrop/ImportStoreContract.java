package dev.beckon.filedrop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.filedrop.Import.Totals;
import dev.beckon.testing.Together;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link ImportStore} keeps. Each test starts with an empty store. */
public abstract class ImportStoreContract {
  private static final Instant NOON = Instant.parse("2026-03-05T12:00:00Z");
  private static final Totals TOTALS =
      new Totals(Map.of("bad-address", 2, "missing-field", 1), Map.of("ACCEPTED", 7));

  protected abstract ImportStore store();

  private static Import dropped(String id, Instant createdAt) {
    return new Import(
        id,
        "acme",
        "guests",
        "welcome",
        "guests/incoming/" + id + ".csv",
        "v1",
        Import.Kind.SEND,
        Import.State.WAITING,
        createdAt,
        null,
        List.of(),
        0,
        0,
        "",
        Totals.NONE);
  }

  private Import put(String id, Instant createdAt) {
    Import dropped = dropped(id, createdAt);
    store().insert(dropped);
    return dropped;
  }

  private void release(String id, int chunks) {
    store().release(id, List.of("E-Mail", "Name"), chunks, 3_000_000_000L, NOON.plusSeconds(9));
  }

  private Import stored(String id) {
    return store().find(id).orElseThrow();
  }

  private static Chunk chunk(int number) {
    return new Chunk("i1", number, 10_000, false, Totals.NONE);
  }

  @Test
  void insert_newAndRepeat_keepsTheFirst() {
    Import first = put("i1", NOON);
    put("i1", NOON.plusSeconds(60));

    assertThat(store().find("i1")).contains(first);
    assertThat(store().find("i2")).isEmpty();
  }

  @Test
  void release_waiting_isReleasedOnce() {
    put("i1", NOON);

    release("i1", 4);
    store().release("i1", List.of("Other"), 9, 9, NOON.plusSeconds(99));

    Import released = stored("i1");
    assertThat(released.state()).isEqualTo(Import.State.RELEASED);
    assertThat(released.header()).containsExactly("E-Mail", "Name");
    assertThat(released.chunks()).isEqualTo(4);
    assertThat(released.rows()).isEqualTo(3_000_000_000L);
    assertThat(released.releasedAt()).isEqualTo(NOON.plusSeconds(9));
  }

  @Test
  void refuse_waiting_isRefusedForGood() {
    put("i1", NOON);

    store().refuse("i1", "no header");
    release("i1", 1);
    store().accept("i1", TOTALS);

    assertThat(stored("i1").state()).isEqualTo(Import.State.REFUSED);
    assertThat(stored("i1").problem()).isEqualTo("no header");
    assertThat(stored("i1").totals()).isEqualTo(Totals.NONE);
  }

  @Test
  void refuse_released_staysReleased() {
    put("i1", NOON);
    release("i1", 1);

    store().refuse("i1", "late");

    assertThat(stored("i1").state()).isEqualTo(Import.State.RELEASED);
    assertThat(stored("i1").problem()).isEmpty();
  }

  @Test
  void accept_released_isAcceptedWithItsTotalsOnce() {
    put("i1", NOON);
    store().accept("i1", TOTALS);
    assertThat(stored("i1").state()).isEqualTo(Import.State.WAITING);

    release("i1", 1);
    store().accept("i1", TOTALS);
    store().accept("i1", Totals.NONE);

    assertThat(stored("i1").state()).isEqualTo(Import.State.ACCEPTED);
    assertThat(stored("i1").totals()).isEqualTo(TOTALS);
  }

  @Test
  void lock_feed_isHeldByOneImport() {
    Instant until = NOON.plusSeconds(60);

    assertThat(store().lock("guests", "i1", NOON, until)).isTrue();
    assertThat(store().lock("guests", "i2", until.minusMillis(1), until.plusSeconds(60))).isFalse();
    assertThat(store().lock("others", "i2", NOON, until)).isTrue();
  }

  @Test
  void lock_holderAgain_isRenewed() {
    store().lock("guests", "i1", NOON, NOON.plusSeconds(60));

    assertThat(store().lock("guests", "i1", NOON.plusSeconds(30), NOON.plusSeconds(90))).isTrue();
    assertThat(store().lock("guests", "i2", NOON.plusSeconds(80), NOON.plusSeconds(140))).isFalse();
  }

  @Test
  void lock_timePassed_isFree() {
    store().lock("guests", "i1", NOON, NOON.plusSeconds(60));

    assertThat(store().lock("guests", "i2", NOON.plusSeconds(61), NOON.plusSeconds(99))).isTrue();
    assertThat(store().lock("guests", "i1", NOON.plusSeconds(62), NOON.plusSeconds(99))).isFalse();
  }

  @Test
  void lock_byEightThreads_isHeldByOne() throws Exception {
    List<Boolean> held =
        Together.run(8, thread -> store().lock("guests", "i" + thread, NOON, NOON.plusSeconds(60)));

    assertThat(held).containsOnlyOnce(true);
  }

  @Test
  void unlock_onlyByItsHolder_freesTheFeed() {
    Instant until = NOON.plusSeconds(60);
    store().lock("guests", "i1", NOON, until);

    store().unlock("guests", "i2");
    store().unlock("others", "i1");
    assertThat(store().lock("guests", "i2", NOON, until)).isFalse();

    store().unlock("guests", "i1");
    assertThat(store().lock("guests", "i2", NOON, until)).isTrue();
  }

  @Test
  void claimContent_firstAndLater_ownsItForGood() {
    assertThat(store().claimContent("guests", "aa", "i1", NOON)).isEqualTo("i1");
    assertThat(store().claimContent("guests", "aa", "i2", NOON.plusSeconds(1))).isEqualTo("i1");
    assertThat(store().claimContent("guests", "aa", "i1", NOON.plusSeconds(2))).isEqualTo("i1");
    assertThat(store().claimContent("guests", "bb", "i2", NOON)).isEqualTo("i2");
    assertThat(store().claimContent("others", "aa", "i3", NOON)).isEqualTo("i3");
  }

  @Test
  void claimContent_byEightThreads_hasOneOwner() throws Exception {
    List<String> owners =
        Together.run(8, thread -> store().claimContent("guests", "aa", "i" + thread, NOON));

    assertThat(Set.copyOf(owners)).hasSize(1);
  }

  @Test
  void openAndNewest_imports_comeInOrderUpToTheLimit() {
    for (int i : new int[] {3, 1, 5, 2, 4}) {
      put("i" + i, NOON.plusSeconds(i));
    }
    release("i2", 1);
    store().refuse("i3", "no header");
    release("i4", 1);
    store().accept("i4", Totals.NONE);

    assertThat(store().open(10)).extracting(Import::id).containsExactly("i1", "i2", "i5");
    assertThat(store().open(2)).extracting(Import::id).containsExactly("i1", "i2");
    assertThat(store().newest(3)).extracting(Import::id).containsExactly("i5", "i4", "i3");
  }

  @Test
  void chunks_ofAnImport_comeInFileOrder() {
    for (int number : new int[] {10, 2, 0, 1}) {
      store().insertChunk(chunk(number));
    }
    store().insertChunk(new Chunk("i2", 0, 5, false, Totals.NONE));

    assertThat(store().chunks("i1")).containsExactly(chunk(0), chunk(1), chunk(2), chunk(10));
    assertThat(store().chunk("i1.2")).contains(chunk(2));
    assertThat(store().chunk("i1.3")).isEmpty();
    assertThat(store().chunks("i3")).isEmpty();
  }

  @Test
  void insertChunk_repeatAfterAcceptance_staysAccepted() {
    store().insertChunk(chunk(0));
    store().acceptChunk("i1.0", TOTALS);

    store().insertChunk(chunk(0));

    assertThat(store().chunk("i1.0")).contains(new Chunk("i1", 0, 10_000, true, TOTALS));
  }

  @Test
  void openChunks_someAccepted_countsTheRest() {
    for (int number = 0; number < 3; number++) {
      store().insertChunk(chunk(number));
    }
    store().insertChunk(new Chunk("i2", 0, 5, false, Totals.NONE));

    assertThat(store().acceptChunk("i1.1", TOTALS)).isTrue();
    assertThat(store().acceptChunk("i1.1", Totals.NONE)).as("a repeat").isFalse();
    assertThat(store().acceptChunk("i1.7", TOTALS)).as("no such chunk").isFalse();

    assertThat(store().chunk("i1.1")).contains(new Chunk("i1", 1, 10_000, true, TOTALS));
    assertThat(store().openChunks("i1")).isEqualTo(2);
    assertThat(store().openChunks("i3")).isZero();
  }

  @Test
  void hint_fresherThanAsked_leavesItToTheOther() {
    put("i1", NOON);
    Instant later = NOON.plusSeconds(60);

    assertThat(store().hint("i1", later, later)).isTrue();
    assertThat(store().hint("i1", later, later.plusSeconds(1))).isFalse();
    assertThat(store().hint("i1", later.plusMillis(1), later.plusSeconds(1))).isTrue();
  }

  @Test
  void hint_byEightSweeps_isSentByOne() throws Exception {
    put("i1", NOON);
    Instant later = NOON.plusSeconds(60);

    assertThat(Together.run(8, thread -> store().hint("i1", later, later))).containsOnlyOnce(true);
  }

  @Test
  void cancel_openAndAccepted_isCancelledForGood() {
    for (String id : List.of("i1", "i2", "i3", "i4")) {
      put(id, NOON);
    }
    release("i2", 1);
    release("i3", 1);
    store().accept("i3", TOTALS);
    store().refuse("i4", "no header");

    for (String id : List.of("i1", "i2", "i3", "i4")) {
      store().cancel(id, "cancelled by ann");
    }
    store().cancel("i1", "cancelled by bob");
    release("i1", 1);
    store().accept("i2", TOTALS);
    store().refuse("i1", "late");

    assertThat(List.of(stored("i1"), stored("i2"), stored("i3")))
        .extracting(Import::state)
        .containsOnly(Import.State.CANCELLED);
    assertThat(stored("i1").problem()).isEqualTo("cancelled by ann");
    assertThat(stored("i3").totals()).isEqualTo(TOTALS);
    assertThat(stored("i4").state()).isEqualTo(Import.State.REFUSED);
    assertThat(store().open(9)).isEmpty();
  }

  @Test
  void check_waiting_isCheckedWithItsTotals() {
    put("i1", NOON);
    store().check("i1", List.of("E-Mail"), 8, TOTALS);
    store().check("i1", List.of("Other"), 9, Totals.NONE);
    release("i1", 1);

    Import checked = stored("i1");
    assertThat(checked.state()).isEqualTo(Import.State.CHECKED);
    assertThat(checked.header()).containsExactly("E-Mail");
    assertThat(checked.rows()).isEqualTo(8);
    assertThat(checked.totals()).isEqualTo(TOTALS);
  }

  @Test
  void nextWaiting_feed_isItsOldestThatWaits() {
    for (int i = 0; i < 150; i++) {
      store().insert(Import.seen("o" + i, "acme", "other", "d", "k", "v", Import.Kind.SEND, NOON));
    }
    put("i1", NOON.plusSeconds(2));
    put("i2", NOON.plusSeconds(1));
    put("i3", NOON);
    release("i3", 1);

    assertThat(store().nextWaiting("guests").orElseThrow().id()).isEqualTo("i2");
    assertThat(store().nextWaiting("none")).isEmpty();
  }

  @Test
  void newest_feedAndState_narrowTheList() {
    put("i1", NOON);
    put("i2", NOON.plusSeconds(1));
    store().refuse("i1", "no header");
    store().insert(Import.seen("o1", "acme", "other", "d", "k", "v", Import.Kind.CHECK, NOON));

    assertThat(newest(null, null, null)).containsExactly("i2", "o1", "i1");
    assertThat(newest(null, "guests", null)).containsExactly("i2", "i1");
    assertThat(newest(null, "guests", Import.State.REFUSED)).containsExactly("i1");
    assertThat(newest(null, null, Import.State.WAITING)).containsExactly("i2", "o1");
    assertThat(stored("o1").kind()).isEqualTo(Import.Kind.CHECK);
  }

  private List<String> newest(String account, String feed, Import.State state) {
    return ids(new ImportStore.Wanted(account, feed, state, null), null, 9);
  }

  private List<String> ids(ImportStore.Wanted wanted, ImportStore.Place after, int limit) {
    return store().newest(wanted, after, limit).stream().map(Import::id).toList();
  }

  @Test
  void newest_account_isThatAccountsAlone() {
    put("i1", NOON);
    store().insert(Import.seen("o1", "other", "rooms", "d", "k", "v", Import.Kind.SEND, NOON));

    assertThat(newest("acme", null, null)).containsExactly("i1");
    assertThat(newest("other", null, null)).containsExactly("o1");
    assertThat(newest("other", "guests", null)).isEmpty();
    assertThat(newest("acm", null, null)).isEmpty();
  }

  @Test
  void newest_upload_isTheFileThatCameByIt() {
    String upload = "up0123456789abcdef01234567";
    put("i1", NOON);
    for (String id : List.of("i2", "i3")) {
      store()
          .insert(
              Import.seen(
                  id,
                  id.equals("i2") ? "acme" : "other",
                  "guests",
                  "d",
                  "guests/incoming/" + upload + "-a.csv",
                  "v",
                  Import.Kind.SEND,
                  NOON));
    }

    assertThat(ids(new ImportStore.Wanted("acme", null, null, upload), null, 9))
        .containsExactly("i2");
    assertThat(ids(new ImportStore.Wanted(null, null, null, upload.replace('7', '8')), null, 9))
        .isEmpty();
  }

  @Test
  void newest_pageByPage_givesEachOnceAlsoOfEqualAge() {
    for (int i = 0; i < 7; i++) {
      put("i" + i, NOON.plusSeconds(i / 3));
    }
    ImportStore.Wanted all = new ImportStore.Wanted("acme", null, null, null);
    List<Import> first = store().newest(all, null, 3);
    List<Import> second = store().newest(all, ImportStore.Place.of(first.getLast()), 3);

    assertThat(first).extracting(Import::id).containsExactly("i6", "i5", "i4");
    assertThat(second).extracting(Import::id).containsExactly("i3", "i2", "i1");
    assertThat(ids(all, ImportStore.Place.of(second.getLast()), 3)).containsExactly("i0");
  }

  @Test
  void lookThrough_feed_isGivenOnceInAWhile() {
    assertThat(store().lookThrough("guests", NOON.minusSeconds(900), NOON)).isTrue();
    assertThat(store().lookThrough("guests", NOON.minusSeconds(840), NOON.plusSeconds(60)))
        .isFalse();
    assertThat(store().lookThrough("other", NOON.minusSeconds(840), NOON.plusSeconds(60))).isTrue();
    assertThat(store().lookThrough("guests", NOON.plusSeconds(1), NOON.plusSeconds(901))).isTrue();
  }
}
