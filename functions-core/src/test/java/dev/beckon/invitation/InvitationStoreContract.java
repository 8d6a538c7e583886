package dev.beckon.invitation;

import static dev.beckon.invitation.Invitations.NOON;
import static dev.beckon.invitation.Invitations.ids;
import static dev.beckon.invitation.Invitations.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.beckon.invitation.InvitationState.Cause;
import dev.beckon.invitation.InvitationStore.Claim;
import dev.beckon.invitation.InvitationStore.Claimed;
import dev.beckon.invitation.InvitationStore.Expired;
import dev.beckon.invitation.InvitationStore.Figure;
import dev.beckon.invitation.InvitationStore.Moved;
import dev.beckon.invitation.InvitationStore.Reopening;
import dev.beckon.invitation.InvitationStore.Settlement;
import dev.beckon.invitation.InvitationStore.Standing;
import dev.beckon.testing.Together;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link InvitationStore} keeps. Each test starts with an empty store. */
public abstract class InvitationStoreContract {
  protected static final Instant UNTIL = NOON.plusSeconds(200);

  protected abstract InvitationStore store();

  protected static Claim claim(String send, Instant now) {
    return new Claim(send, now, now.plusSeconds(200), "mail-1", Channel.EMAIL, 0);
  }

  private static Settlement settlement(String id, String send, Cause cause, InvitationState to) {
    return new Settlement(
        id,
        send,
        cause,
        to,
        JournalEntry.of(NOON.plusSeconds(1), to, "settled"),
        null,
        false,
        false);
  }

  private Invitation stored(Invitation invitation) {
    return store().load(List.of(invitation.id())).get(0);
  }

  private boolean settle(Settlement settlement) {
    return store().settle(List.of(settlement), UNTIL) == 1;
  }

  @Test
  void insert_newRows_loadsThemAsTheyWere() {
    List<Invitation> rows = new ArrayList<>(sample().rows(3));
    rows.add(sample().state(InvitationState.RETRY).attempts(2).redriven(4).send("s0").row(4));
    rows.add(sample().zone(ZoneId.of("Pacific/Apia")).row(5));
    rows.add(sample().reference("order 17/a:b").row(6));
    rows.add(
        sample()
            .reference("ref:acme:18")
            .alternative(new Alternative(Channel.SMS, "k1:phone", NOON))
            .row(7));

    store().insert(rows);

    assertThat(store().load(ids(rows))).containsExactlyInAnyOrderElementsOf(rows);
  }

  private static Invitation withPhone(int row, InvitationState state) {
    return sample()
        .state(state)
        .attempts(1)
        .alternative(new Alternative(Channel.SMS, "k1:phone" + row, NOON.plusSeconds(60)))
        .reference("order-" + row)
        .row(row);
  }

  private static void assertWentOn(Invitation now, Invitation before) {
    assertThat(now.channel()).isEqualTo(Channel.SMS);
    assertThat(now.hash()).isEqualTo("k1:phone" + before.row());
    assertThat(now.alternative()).isEqualTo(new Alternative(Channel.EMAIL, before.hash(), null));
    assertThat(now.sealed()).isEqualTo(before.sealed());
    assertThat(now.attempts()).isZero();
    assertThat(now.firstSent()).isNull();
    assertThat(now.reference()).isEqualTo(before.reference());
  }

  @Test
  void insert_rowWithAnotherAddress_isFoundByEither() {
    Invitation row = withPhone(1, InvitationState.ACCEPTED);
    store().insert(List.of(row, sample().row(2)));

    assertThat(stored(row)).isEqualTo(row);
    assertThat(store().byHash(row.hashes(), "", 9)).containsExactly(row);
    assertThat(store().byHash(List.of("k1:phone1"), "", 9)).containsExactly(row);
    assertThat(store().byHash(List.of(row.hash()), "", 9)).containsExactly(row);
  }

  @Test
  void settle_goesOnByAnotherChannel_isOneWriteAndNoClaimOfTheOldChannelTakesIt() {
    Invitation row = withPhone(1, InvitationState.ACCEPTED);
    store().insert(List.of(row));
    store().claim(List.of(row.id()), claim("s1", NOON));
    JournalEntry entry = JournalEntry.of(NOON, InvitationState.RETRY, "goes on by sms");

    boolean settled =
        settle(
            new Settlement(
                row.id(),
                "s1",
                Cause.SETTLE,
                InvitationState.RETRY,
                entry,
                NOON,
                false,
                false,
                ChannelSwitch.of(row).orElseThrow()));

    assertThat(settled).isTrue();
    assertThat(stored(row).state()).isEqualTo(InvitationState.RETRY);
    assertThat(stored(row).journal().getLast()).isEqualTo(entry);
    assertWentOn(stored(row), row);
    assertThat(store().byHash(List.of(row.hash()), "", 9)).hasSize(1);
    assertThat(store().byHash(List.of("k1:phone1"), "", 9)).hasSize(1);
    Instant later = NOON.plusSeconds(5);
    assertThat(store().claim(List.of(row.id()), claim("s2", later))).isEmpty();
    assertThat(
            store()
                .claim(
                    List.of(row.id()),
                    new Claim("s3", later, later.plusSeconds(9), "text", Channel.SMS, 0)))
        .containsExactly(new Claimed(row.id(), 1, later, false, null));
  }

  @Test
  void settle_goesOnThoughGivenUp_isLeftInDoubt() {
    Invitation row = withPhone(1, InvitationState.ACCEPTED);
    store().insert(List.of(row));
    store().claim(List.of(row.id()), claim("s1", NOON));
    store().expireClaims(NOON.plusSeconds(500), Map.of());

    boolean settled =
        settle(
            new Settlement(
                row.id(),
                "s1",
                Cause.SETTLE,
                InvitationState.RETRY,
                JournalEntry.of(NOON, InvitationState.RETRY, "goes on by sms"),
                NOON,
                false,
                false,
                ChannelSwitch.of(row).orElseThrow()));

    assertThat(settled).isFalse();
    assertThat(stored(row).state()).isEqualTo(InvitationState.IN_DOUBT);
    assertThat(stored(row).channel()).isEqualTo(Channel.EMAIL);
  }

  @ParameterizedTest
  @EnumSource(InvitationState.class)
  void goOn_everyState_takesOnlyOpenRowsAsTheyWereLoaded(InvitationState state) {
    Invitation row = withPhone(1, state);
    Invitation alone = sample().state(state).row(2);
    store().insert(List.of(row, alone));
    Instant now = NOON.plusSeconds(90);

    int gone = store().goOn(List.of(row, alone), now, "over");

    boolean open = state == InvitationState.ACCEPTED || state == InvitationState.RETRY;
    assertThat(gone).isEqualTo(open ? 1 : 0);
    assertThat(stored(alone)).isEqualTo(alone);
    if (open) {
      assertWentOn(stored(row), row);
      assertThat(stored(row).state()).isEqualTo(state);
      assertThat(stored(row).notBefore()).isEqualTo(now);
      assertThat(stored(row).journal().getLast()).isEqualTo(JournalEntry.of(now, state, "over"));
      assertThat(store().goOn(List.of(row), now, "again")).isZero();
    } else {
      assertThat(stored(row)).isEqualTo(row);
    }
  }

  @Test
  void goOn_rowThatMayHaveBeenAcceptedSinceItWasLoaded_staysOnItsChannel() {
    Invitation row = withPhone(1, InvitationState.RETRY);
    store().insert(List.of(row));
    store().claim(List.of(row.id()), claim("s1", NOON));
    store().expireClaims(NOON.plusSeconds(500), Map.of("acme/welcome", 9));
    assertThat(stored(row).state()).isEqualTo(InvitationState.RETRY);

    assertThat(store().goOn(List.of(row), NOON.plusSeconds(600), "over")).isZero();
    assertThat(stored(row).channel()).isEqualTo(Channel.EMAIL);
  }

  @Test
  void erase_rowWithAnotherAddress_leavesNeither() {
    Invitation row = withPhone(1, InvitationState.SENT);
    store().insert(List.of(row));

    assertThat(store().erase(List.of(row.id()))).isEqualTo(1);

    assertThat(store().byHash(row.hashes(), "", 9)).isEmpty();
    assertThat(stored(row).hash()).isEmpty();
    assertThat(stored(row).alternative()).isNull();
    assertThat(stored(row).reference()).isNull();
  }

  @Test
  void insert_repeatAmongNewRows_leavesTheStoredOneAndStoresTheRest() {
    Invitation first = sample().state(InvitationState.TOO_SOON).row(1);
    store().insert(List.of(first));

    store().insert(sample().rows(3));

    assertThat(stored(first)).isEqualTo(first);
    assertThat(store().load(ids(sample().rows(3)))).hasSize(3);
  }

  @Test
  void anyMethod_nothingGiven_doesNothing() {
    store().insert(List.of());
    store().reopen(List.of(), new Reopening(Set.of(InvitationState.DEAD), 1, null, null), NOON);

    assertThat(store().load(List.of())).isEmpty();
    assertThat(store().standings(List.of())).isEmpty();
    assertThat(store().unfinished(List.of())).isEmpty();
    assertThat(store().countStates(List.of())).isEmpty();
    assertThat(store().claim(List.of(), claim("s1", NOON))).isEmpty();
    assertThat(store().settle(List.of(), UNTIL)).isZero();
    assertThat(
            store()
                .move(
                    List.of(), Cause.DROP, JournalEntry.of(NOON, InvitationState.EXPIRED, "late")))
        .isEqualTo(new Moved(0, 0));
    assertThat(store().postpone(List.of(), UNTIL, NOON, "quiet")).isZero();
    assertThat(store().expireClaims(NOON, Map.of()).rows()).isZero();
    assertThat(store().countByState("none")).isEmpty();
    assertThat(store().byToken("none")).isEmpty();
    assertThat(store().figures("none")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(InvitationState.class)
  void postpone_everyState_movesOnlyAcceptedAndRetryAndKeepsTheirState(InvitationState state) {
    Invitation row = sample().state(state).attempts(2).row(1);
    store().insert(List.of(row));

    int moved = store().postpone(List.of(row.id()), UNTIL, NOON, "quiet hours");

    boolean open = state == InvitationState.ACCEPTED || state == InvitationState.RETRY;
    assertThat(moved).isEqualTo(open ? 1 : 0);
    assertThat(stored(row).state()).isEqualTo(state);
    assertThat(stored(row).attempts()).isEqualTo(2);
    assertThat(stored(row).notBefore()).isEqualTo(open ? UNTIL : NOON);
    assertThat(stored(row).journal()).hasSize(open ? 2 : 1);
    assertThat(stored(row).journal().getLast())
        .isEqualTo(JournalEntry.of(NOON, state, open ? "quiet hours" : "accepted"));
  }

  @Test
  void postpone_again_isWrittenOnceForEachTime() {
    Invitation row = sample().row(1);
    Invitation other = sample().state(InvitationState.RETRY).row(2);
    store().insert(List.of(row, other));
    List<String> both = ids(List.of(row, other));

    assertThat(store().postpone(both, UNTIL, NOON, "first")).isEqualTo(2);
    assertThat(store().postpone(both, UNTIL, NOON, "again")).isZero();
    assertThat(store().postpone(both, UNTIL.minusMillis(1), NOON, "earlier")).isZero();
    assertThat(store().postpone(both, UNTIL.plusMillis(1), NOON, "later")).isEqualTo(2);

    assertThat(stored(row).notBefore()).isEqualTo(UNTIL.plusMillis(1));
    assertThat(stored(row).journal())
        .extracting(JournalEntry::note)
        .containsExactly("accepted", "first", "later");
  }

  @Test
  void postpone_claimedMeanwhile_leavesTheClaimAlone() {
    Invitation row = sample().row(1);
    store().insert(List.of(row));
    store().claim(List.of(row.id()), claim("s1", NOON));

    assertThat(store().postpone(List.of(row.id()), UNTIL, NOON, "quiet")).isZero();

    assertThat(stored(row).state()).isEqualTo(InvitationState.SENDING);
    assertThat(stored(row).notBefore()).isEqualTo(NOON);
  }

  @Test
  void load_unknownIds_areLeftOut() {
    Invitation row = sample().row(1);
    store().insert(List.of(row));

    assertThat(store().load(List.of("b9-000000001", row.id()))).containsExactly(row);
  }

  @Test
  void standings_storedAndUnknown_tellsTheStoredOnesById() {
    Invitation free = sample().redriven(3).row(1);
    Invitation taken = sample().row(2);
    store().insert(List.of(free, taken));
    store().claim(List.of(taken.id()), claim("s1", NOON));

    assertThat(store().standings(List.of(free.id(), taken.id(), "b9-000000001")))
        .isEqualTo(
            Map.of(
                free.id(),
                new Standing(free.id(), "b1", InvitationState.ACCEPTED, NOON, null, 3, null),
                taken.id(),
                new Standing(taken.id(), "b1", InvitationState.SENDING, NOON, UNTIL, 0, "s1")));
  }

  @ParameterizedTest
  @EnumSource(InvitationState.class)
  void unfinished_everyState_tellsThoseThatAreNotFinal(InvitationState state) {
    Invitation row = sample().state(state).row(1);
    store().insert(List.of(row));

    List<Standing> open = store().unfinished(List.of(row.id(), "b9-000000001"));

    assertThat(open)
        .isEqualTo(
            state.isFinal()
                ? List.of()
                : List.of(new Standing(row.id(), "b1", state, NOON, null, 0, row.send())));
  }

  @Test
  void countStates_storedAndUnknown_countsTheStoredOnes() {
    Invitation free = sample().row(1);
    Invitation open = sample().row(2);
    Invitation over = sample().state(InvitationState.DUPLICATE).row(3);
    store().insert(List.of(free, open, over, sample().row(4)));

    assertThat(store().countStates(List.of(free.id(), open.id(), over.id(), "b9-000000001")))
        .isEqualTo(Map.of(InvitationState.ACCEPTED, 2L, InvitationState.DUPLICATE, 1L));
  }

  @ParameterizedTest
  @EnumSource(InvitationState.class)
  void claim_everyState_takesOnlyAcceptedAndRetry(InvitationState state) {
    Invitation row = sample().state(state).row(1);
    store().insert(List.of(row));

    List<Claimed> claimed = store().claim(List.of(row.id()), claim("s1", NOON));

    boolean open = state == InvitationState.ACCEPTED || state == InvitationState.RETRY;
    assertThat(claimed).hasSize(open ? 1 : 0);
    assertThat(stored(row).state()).isEqualTo(open ? InvitationState.SENDING : state);
  }

  @Test
  void claim_rowsDueAndNot_takesTheDueOnes() {
    Invitation due = sample().notBefore(NOON).row(1);
    Invitation later = sample().notBefore(NOON.plusMillis(1)).row(2);
    store().insert(List.of(due, later));

    List<Claimed> claimed = store().claim(ids(List.of(due, later)), claim("s1", NOON));

    assertThat(claimed).containsExactly(new Claimed(due.id(), 1, NOON, false, null));
    assertThat(stored(later)).isEqualTo(later);
  }

  @Test
  void claim_dueRow_notesSendAttemptAndVendorInItsJournal() {
    Invitation row = sample().row(1);
    store().insert(List.of(row));

    store().claim(List.of(row.id()), claim("s1", NOON));

    Invitation claimed = stored(row);
    assertThat(claimed.send()).isEqualTo("s1");
    assertThat(claimed.attempts()).isEqualTo(1);
    assertThat(claimed.firstSent()).isEqualTo(NOON);
    assertThat(claimed.journal())
        .endsWith(new JournalEntry(NOON, InvitationState.SENDING, "mail-1", ""));
  }

  @Test
  void claim_repeatedUnderItsSend_givesTheSameRowsAndCountsOnce() {
    List<Invitation> rows = sample().rows(3);
    store().insert(rows);
    List<Claimed> first = store().claim(ids(rows), claim("s1", NOON));

    List<Claimed> again = store().claim(ids(rows), claim("s1", NOON));

    assertThat(again).containsExactlyInAnyOrderElementsOf(first).hasSize(3);
    assertThat(stored(rows.get(0)).attempts()).isEqualTo(1);
  }

  @Test
  void claim_heldByAnother_takesNothing() {
    List<Invitation> rows = sample().rows(3);
    store().insert(rows);
    store().claim(ids(rows), claim("s1", NOON));

    assertThat(store().claim(ids(rows), claim("s2", NOON.plusSeconds(9_999)))).isEmpty();
    assertThat(stored(rows.get(0)).send()).isEqualTo("s1");
  }

  @Test
  void claim_byEightThreads_givesEachRowToExactlyOne() throws Exception {
    List<Invitation> rows = sample().rows(100);
    store().insert(rows);

    List<List<Claimed>> claims =
        Together.run(8, thread -> store().claim(ids(rows), claim("s" + thread, NOON)));

    assertThat(claims.stream().flatMap(List::stream).map(Claimed::id))
        .containsExactlyInAnyOrderElementsOf(ids(rows));
    for (int thread = 0; thread < 8; thread++) {
      for (Claimed claimed : claims.get(thread)) {
        Invitation row = store().load(List.of(claimed.id())).get(0);
        assertThat(row.send()).isEqualTo("s" + thread);
        assertThat(row.attempts()).isEqualTo(1);
      }
    }
  }

  @Test
  void claim_afterRetry_countsOnAndKeepsWhenTheEpisodeBegan() {
    Invitation row = sample().row(1);
    store().insert(List.of(row));
    store().claim(List.of(row.id()), claim("s1", NOON));
    settle(settlement(row.id(), "s1", Cause.SETTLE, InvitationState.RETRY));

    List<Claimed> again = store().claim(List.of(row.id()), claim("s2", NOON.plusSeconds(60)));

    assertThat(again).containsExactly(new Claimed(row.id(), 2, NOON, false, null));
    assertThat(stored(row).firstSent()).isEqualTo(NOON);
  }

  @Test
  void claim_afterRedrive_beginsANewEpisode() {
    Invitation row = sample().state(InvitationState.DEAD).attempts(10).send("s0").row(1);
    store().insert(List.of(row));
    store()
        .reopen(
            List.of(row.id()),
            new Reopening(Set.of(InvitationState.DEAD), 1, null, null),
            NOON.plusSeconds(5));

    Instant now = NOON.plusSeconds(60);
    List<Claimed> claimed =
        store()
            .claim(
                List.of(row.id()),
                new Claim("s1", now, now.plusSeconds(200), "mail-1", Channel.EMAIL, 1));

    assertThat(claimed).containsExactly(new Claimed(row.id(), 1, now, false, null));
  }

  @ParameterizedTest
  @EnumSource(
      value = Cause.class,
      names = {"SETTLE", "SETTLE_RESENDABLE"})
  void settle_everyStateToEveryState_appliesAsTheTableSays(Cause cause) {
    int batch = 0;
    for (InvitationState to : InvitationState.values()) {
      List<Invitation> rows = new ArrayList<>();
      for (InvitationState from : InvitationState.values()) {
        rows.add(
            sample().batch(cause + "-" + batch).state(from).send("s1").row(from.ordinal() + 1));
      }
      batch++;
      store().insert(rows);
      List<Settlement> all =
          rows.stream().map(row -> settlement(row.id(), "s1", cause, to)).toList();

      int applied = store().settle(all, UNTIL);

      assertThat(applied).as("to %s", to).isEqualTo(to.from(cause).size());
      for (Invitation row : rows) {
        boolean allowed = to.from(cause).contains(row.state());
        assertThat(stored(row).state())
            .as("%s to %s", row.state(), to)
            .isEqualTo(allowed ? to : row.state());
        assertThat(stored(row).journal()).hasSize(allowed ? 2 : 1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = InvitationState.class,
      names = {"SENT", "FAILED", "RETRY", "DEAD", "IN_DOUBT"})
  void settle_sendOfAnother_doesNotApply(InvitationState to) {
    Invitation row = sample().row(1);
    store().insert(List.of(row));
    store().claim(List.of(row.id()), claim("s1", NOON));

    assertThat(settle(settlement(row.id(), "s2", Cause.SETTLE_RESENDABLE, to))).isFalse();
    assertThat(stored(row).state()).isEqualTo(InvitationState.SENDING);
  }

  @Test
  void settle_someApply_countsThoseAndJournalsThem() {
    List<Invitation> rows = sample().rows(3);
    store().insert(rows);
    store().claim(ids(rows.subList(0, 2)), claim("s1", NOON));

    int applied =
        store()
            .settle(
                rows.stream()
                    .map(row -> settlement(row.id(), "s1", Cause.SETTLE, InvitationState.SENT))
                    .toList(),
                UNTIL);

    assertThat(applied).isEqualTo(2);
    assertThat(stored(rows.get(0)).journal())
        .endsWith(JournalEntry.of(NOON.plusSeconds(1), InvitationState.SENT, "settled"));
    assertThat(stored(rows.get(2))).isEqualTo(rows.get(2));
  }

  @Test
  void settle_manyAlikeAmongOthers_eachAppliesByItsOwnCondition() {
    List<Invitation> rows = sample().rows(8);
    store().insert(rows);
    store().claim(ids(rows.subList(0, 4)), claim("s1", NOON));
    store().claim(ids(rows.subList(4, 7)), claim("s2", NOON));
    List<Settlement> settlements = new ArrayList<>();
    for (Invitation row : rows) {
      // rows 5 to 7 are of another send, row 8 of none: what is alike must not carry them along
      settlements.add(settlement(row.id(), "s1", Cause.SETTLE, InvitationState.SENT));
    }
    Settlement refused = settlement(rows.get(3).id(), "s1", Cause.SETTLE, InvitationState.FAILED);
    settlements.set(3, refused);
    settlements.add(settlement(rows.get(4).id(), "s2", Cause.SETTLE, InvitationState.SENT));

    int applied = store().settle(settlements, UNTIL);

    assertThat(applied).isEqualTo(5);
    assertThat(store().load(ids(rows)))
        .extracting(Invitation::row, Invitation::state, row -> row.journal().size())
        .containsExactlyInAnyOrder(
            tuple(1, InvitationState.SENT, 3),
            tuple(2, InvitationState.SENT, 3),
            tuple(3, InvitationState.SENT, 3),
            tuple(4, InvitationState.FAILED, 3),
            tuple(5, InvitationState.SENT, 3),
            tuple(6, InvitationState.SENDING, 2),
            tuple(7, InvitationState.SENDING, 2),
            tuple(8, InvitationState.ACCEPTED, 1));
  }

  @Test
  void settle_twice_appliesOnce() {
    Invitation row = sample().row(1);
    store().insert(List.of(row));
    store().claim(List.of(row.id()), claim("s1", NOON));
    Settlement sent = settlement(row.id(), "s1", Cause.SETTLE, InvitationState.SENT);

    assertThat(settle(sent)).isTrue();
    assertThat(settle(sent)).isFalse();
    assertThat(stored(row).journal()).hasSize(3);
  }

  @Test
  void settle_retry_setsWhenItMayGoOutAgainAndEndsTheClaim() {
    Invitation row = sample().row(1);
    store().insert(List.of(row));
    store().claim(List.of(row.id()), claim("s1", NOON));
    Instant again = NOON.plusSeconds(30);

    settle(
        new Settlement(
            row.id(),
            "s1",
            Cause.SETTLE,
            InvitationState.RETRY,
            JournalEntry.of(NOON, InvitationState.RETRY, "busy"),
            again,
            false,
            false));

    Standing standing = store().standings(List.of(row.id())).get(row.id());
    assertThat(standing.notBefore()).isEqualTo(again);
    assertThat(standing.sendUntil()).isNull();
    assertThat(stored(row).attempts()).isEqualTo(1);
    assertThat(store().claim(List.of(row.id()), claim("s2", again.minusMillis(1)))).isEmpty();
    assertThat(store().claim(List.of(row.id()), claim("s2", again))).hasSize(1);
  }

  @Test
  void settle_attemptReturned_takesItBack() {
    Invitation row = sample().attempts(4).row(1);
    store().insert(List.of(row));
    store().claim(List.of(row.id()), claim("s1", NOON));
    assertThat(stored(row).attempts()).isEqualTo(5);

    settle(
        new Settlement(
            row.id(),
            "s1",
            Cause.SETTLE,
            InvitationState.RETRY,
            JournalEntry.of(NOON, InvitationState.RETRY, "throttled"),
            NOON,
            true,
            false));

    assertThat(stored(row).attempts()).isEqualTo(4);
  }

  @Test
  void claim_rowRedrivenSinceItWasLoaded_isLeftToItsNewParcel() {
    Invitation row = sample().row(1);
    store().insert(List.of(row));
    store().claim(List.of(row.id()), claim("s1", NOON));
    settle(settlement(row.id(), "s1", Cause.SETTLE, InvitationState.FAILED));
    store()
        .reopen(
            List.of(row.id()),
            new Reopening(EnumSet.of(InvitationState.FAILED), 7, null, null),
            NOON);

    assertThat(store().claim(List.of(row.id()), claim("old", NOON))).isEmpty();
    assertThat(
            store()
                .claim(
                    List.of(row.id()), new Claim("new", NOON, UNTIL, "mail-1", Channel.EMAIL, 7)))
        .hasSize(1);
  }

  /** A row whose request got no answer and that goes out again. */
  private Invitation repeated() {
    Invitation row = sample().row(1);
    store().insert(List.of(row));
    store().claim(List.of(row.id()), claim("s1", NOON));
    settle(
        new Settlement(
            row.id(),
            "s1",
            Cause.SETTLE_RESENDABLE,
            InvitationState.RETRY,
            new JournalEntry(NOON, InvitationState.RETRY, "mail-1", "no reply"),
            NOON,
            false,
            true));
    return row;
  }

  @Test
  void claim_earlierRequestMayHaveBeenAccepted_saysSo() {
    Invitation row = repeated();

    assertThat(store().claim(List.of(row.id()), claim("s2", NOON)))
        .containsExactly(new Claimed(row.id(), 2, NOON, true, "mail-1"));
  }

  @ParameterizedTest
  @EnumSource(
      names = {"EXPIRED", "SUPPRESSED", "CANCELLED", "FAILED", "DEAD", "TOO_SOON", "DUPLICATE"})
  void move_droppedThoughItMayHaveBeenAccepted_isInDoubt(InvitationState state) {
    Invitation row = repeated();
    Invitation never = sample().row(2);
    store().insert(List.of(never));

    Moved moved =
        store()
            .move(
                List.of(row.id(), never.id()), Cause.DROP, JournalEntry.of(NOON, state, "because"));

    assertThat(moved).isEqualTo(new Moved(2, 1));
    assertThat(stored(row).state()).isEqualTo(InvitationState.IN_DOUBT);
    assertThat(stored(row).journal().getLast().note()).contains("because", state.name());
    assertThat(stored(never).state()).isEqualTo(state);
  }

  @Test
  void moveBatch_rowThatMayHaveBeenAccepted_isInDoubt() {
    Invitation row = repeated();

    store().moveBatch(row.batch(), JournalEntry.of(NOON, InvitationState.CANCELLED, "cancelled"));

    assertThat(stored(row).state()).isEqualTo(InvitationState.IN_DOUBT);
  }

  @Test
  void expireClaims_resendable_marksThatTheRequestMayHaveBeenAccepted() {
    Invitation row = sample().row(1);
    store().insert(List.of(row));
    store().claim(List.of(row.id()), claim("s1", NOON));
    store().expireClaims(UNTIL.plusSeconds(1), Map.of(row.account() + "/" + row.dispatch(), 10));

    assertThat(store().claim(List.of(row.id()), claim("s2", UNTIL.plusSeconds(1))))
        .extracting(Claimed::doubtful, Claimed::doubtAt)
        .containsExactly(tuple(true, Invitation.ANY_VENDOR));
  }

  @Test
  void reopen_inDoubt_isANewEpisodeThatRemembersTheDoubt() {
    Invitation row = sample().row(1);
    store().insert(List.of(row));
    store().claim(List.of(row.id()), claim("s1", NOON));
    settle(settlement(row.id(), "s1", Cause.SETTLE, InvitationState.IN_DOUBT));

    store()
        .reopen(
            List.of(row.id()),
            new Reopening(
                EnumSet.of(InvitationState.IN_DOUBT, InvitationState.FAILED), 7, null, null),
            NOON);

    assertThat(stored(row).episode()).isEqualTo(7);
    assertThat(stored(row).firstSent()).isNull();
    assertThat(
            store()
                .claim(List.of(row.id()), new Claim("s2", NOON, UNTIL, "mail-1", Channel.EMAIL, 7)))
        .containsExactly(new Claimed(row.id(), 1, NOON, true, null));
  }

  @Test
  void reopen_failed_isANewEpisodeWithoutDoubt() {
    Invitation row = sample().row(1);
    store().insert(List.of(row));
    store().claim(List.of(row.id()), claim("s1", NOON));
    settle(settlement(row.id(), "s1", Cause.SETTLE, InvitationState.FAILED));

    store()
        .reopen(
            List.of(row.id()),
            new Reopening(
                EnumSet.of(InvitationState.IN_DOUBT, InvitationState.FAILED), 7, null, null),
            NOON);

    assertThat(stored(row).episode()).isEqualTo(7);
    assertThat(
            store()
                .claim(List.of(row.id()), new Claim("s2", NOON, UNTIL, "mail-1", Channel.EMAIL, 7)))
        .containsExactly(new Claimed(row.id(), 1, NOON, false, null));
  }

  @Test
  void reopen_afterALateRefusal_goesOnInTheSameEpisode() {
    Invitation row = sample().row(1);
    store().insert(List.of(row));
    store().claim(List.of(row.id()), claim("s1", NOON));
    settle(settlement(row.id(), "s1", Cause.SETTLE, InvitationState.IN_DOUBT));

    store()
        .reopen(
            List.of(row.id()),
            new Reopening(EnumSet.of(InvitationState.IN_DOUBT), 7, "s1", null),
            NOON.plusSeconds(9));

    assertThat(stored(row).episode()).isZero();
    assertThat(stored(row).redriven()).isEqualTo(7);
    assertThat(stored(row).firstSent()).isEqualTo(NOON);
  }

  @Test
  void settle_afterAnotherClaim_isTooLate() {
    Invitation row = sample().row(1);
    store().insert(List.of(row));
    store().claim(List.of(row.id()), claim("s1", NOON));
    settle(settlement(row.id(), "s1", Cause.SETTLE, InvitationState.RETRY));
    store().claim(List.of(row.id()), claim("s2", NOON));

    assertThat(settle(settlement(row.id(), "s1", Cause.SETTLE_RESENDABLE, InvitationState.SENT)))
        .isFalse();
    assertThat(stored(row).state()).isEqualTo(InvitationState.SENDING);
  }

  @Test
  void journal_manyEntries_keepsTheNewest() {
    Invitation row = sample().row(1);
    store().insert(List.of(row));
    for (int i = 0; i < 40; i++) {
      store().claim(List.of(row.id()), claim("s" + i, NOON.plusSeconds(i)));
      settle(settlement(row.id(), "s" + i, Cause.SETTLE, InvitationState.RETRY));
    }

    List<JournalEntry> journal = stored(row).journal();
    assertThat(journal).hasSize(JournalEntry.LIMIT);
    assertThat(journal.get(62).at()).isEqualTo(NOON.plusSeconds(39));
    assertThat(journal.get(63).state()).isEqualTo(InvitationState.RETRY);
  }

  @ParameterizedTest
  @EnumSource(
      value = Cause.class,
      names = {"INTAKE", "DROP"})
  void move_everyStateToEveryState_movesAsTheTableSays(Cause cause) {
    for (InvitationState to : InvitationState.values()) {
      List<Invitation> rows = new ArrayList<>();
      for (InvitationState from : InvitationState.values()) {
        rows.add(sample().batch(cause + "-" + to).state(from).row(from.ordinal() + 1));
      }
      store().insert(rows);
      JournalEntry entry = JournalEntry.of(NOON, to, "moved");

      Moved moved = store().move(ids(rows), cause, entry);

      assertThat(moved).as("to %s", to).isEqualTo(new Moved(to.from(cause).size(), 0));
      for (Invitation row : rows) {
        boolean allowed = to.from(cause).contains(row.state());
        assertThat(stored(row).state())
            .as("%s to %s", row.state(), to)
            .isEqualTo(allowed ? to : row.state());
        assertThat(stored(row).journal().contains(entry)).isEqualTo(allowed);
      }
    }
  }

  @Test
  void move_rowsNotNamed_stay() {
    List<Invitation> rows = sample().rows(2);
    store().insert(rows);

    store()
        .move(
            List.of(rows.get(0).id()),
            Cause.DROP,
            JournalEntry.of(NOON, InvitationState.EXPIRED, "late"));

    assertThat(stored(rows.get(1))).isEqualTo(rows.get(1));
  }

  @Test
  void expireClaims_noResend_turnsOutlivedClaimsIntoInDoubt() {
    List<Invitation> rows = sample().rows(3);
    store().insert(rows);
    store().claim(ids(rows.subList(0, 1)), claim("s1", NOON));
    store().claim(ids(rows.subList(1, 2)), claim("s2", NOON.plusSeconds(60)));

    assertThat(store().expireClaims(UNTIL.minusMillis(1), Map.of()).rows()).isZero();
    assertThat(store().expireClaims(UNTIL.plusMillis(1), Map.of())).isEqualTo(new Expired(1, 0));

    assertThat(stored(rows.get(0)).state()).isEqualTo(InvitationState.IN_DOUBT);
    assertThat(stored(rows.get(0)).send()).isEqualTo("s1");
    assertThat(stored(rows.get(0)).journal().getLast().state()).isEqualTo(InvitationState.IN_DOUBT);
    assertThat(store().standings(ids(rows)).get(rows.get(0).id()).sendUntil()).isNull();
    assertThat(stored(rows.get(1)).state()).isEqualTo(InvitationState.SENDING);
    assertThat(stored(rows.get(2)).state()).isEqualTo(InvitationState.ACCEPTED);
  }

  @Test
  void expireClaims_resendAllowed_retriesWhileAttemptsAreLeft() {
    Invitation left = sample().attempts(1).row(1);
    Invitation spent = sample().attempts(2).row(2);
    Invitation otherDispatch = sample().of("acme", "other").row(3);
    Invitation otherAccount = sample().of("other", "welcome").row(4);
    List<Invitation> rows = List.of(left, spent, otherDispatch, otherAccount);
    store().insert(rows);
    store().claim(ids(rows), claim("s1", NOON));
    Instant now = UNTIL.plusSeconds(1);

    Expired expired = store().expireClaims(now, Map.of("acme/welcome", 3, "acme/none", 9));

    assertThat(expired).isEqualTo(new Expired(3, 1));
    assertThat(stored(left).state()).isEqualTo(InvitationState.RETRY);
    assertThat(stored(left).notBefore()).isEqualTo(now);
    assertThat(stored(left).attempts()).isEqualTo(2);
    assertThat(stored(spent).state()).isEqualTo(InvitationState.IN_DOUBT);
    assertThat(stored(otherDispatch).state()).isEqualTo(InvitationState.IN_DOUBT);
    assertThat(stored(otherAccount).state()).isEqualTo(InvitationState.IN_DOUBT);
    assertThat(store().claim(List.of(left.id()), claim("s2", now))).hasSize(1);
  }

  @Test
  void expireClaims_thenTheWorkersOwnAnswer_stillCounts() {
    List<Invitation> rows = sample().rows(2);
    store().insert(rows);
    store().claim(ids(rows), claim("s1", NOON));
    store().expireClaims(UNTIL.plusSeconds(1), Map.of());

    assertThat(settle(settlement(rows.get(0).id(), "s1", Cause.SETTLE, InvitationState.SENT)))
        .isTrue();
    assertThat(settle(settlement(rows.get(1).id(), "s1", Cause.SETTLE, InvitationState.RETRY)))
        .isFalse();
  }

  @Test
  void expireClaims_resent_acceptanceOfTheOldSendIsStillNoted() {
    Invitation row = sample().row(1);
    store().insert(List.of(row));
    store().claim(List.of(row.id()), claim("s1", NOON));
    store().expireClaims(UNTIL.plusSeconds(1), Map.of("acme/welcome", 10));

    assertThat(settle(settlement(row.id(), "s1", Cause.SETTLE_RESENDABLE, InvitationState.SENT)))
        .isTrue();
    assertThat(stored(row).state()).isEqualTo(InvitationState.SENT);
  }

  @Test
  void reopen_everyState_opensAsTheTableSays() {
    for (InvitationState from : InvitationState.values()) {
      Invitation named = sample().batch("a" + from).state(from).attempts(3).row(1);
      Invitation late = sample().batch("b" + from).state(from).send("s1").row(1);
      Invitation notNamed = sample().batch("c" + from).state(from).row(1);
      store().insert(List.of(named, late, notNamed));
      Set<InvitationState> others = EnumSet.complementOf(EnumSet.of(from));

      reopen(named, Set.of(from), 1, null);
      reopen(late, Set.of(from), 1, "s1");
      reopen(notNamed, others, 1, null);

      boolean opens = InvitationState.ACCEPTED.from(Cause.REDRIVE).contains(from);
      assertThat(stored(named).state())
          .as("%s", from)
          .isEqualTo(opens ? InvitationState.ACCEPTED : from);
      assertThat(stored(named).redriven()).isEqualTo(opens ? 1 : 0);
      assertThat(stored(named).attempts()).isEqualTo(opens ? 0 : 3);
      assertThat(stored(late).state())
          .as("%s, late refusal", from)
          .isEqualTo(from == InvitationState.IN_DOUBT ? InvitationState.RETRY : from);
      assertThat(stored(notNamed)).isEqualTo(notNamed);
    }
  }

  @Test
  void reopen_sameOrOlderNumber_opensOncePerNumber() {
    Invitation row = sample().state(InvitationState.FAILED).row(1);
    store().insert(List.of(row));
    reopen(row, Set.of(InvitationState.FAILED), 2, null);
    failAgain(row, "s1");

    reopen(row, Set.of(InvitationState.FAILED), 2, null);
    reopen(row, Set.of(InvitationState.FAILED), 1, null);
    assertThat(stored(row).state()).isEqualTo(InvitationState.FAILED);

    reopen(row, Set.of(InvitationState.FAILED), 3, null);
    assertThat(stored(row).state()).isEqualTo(InvitationState.ACCEPTED);
    assertThat(stored(row).redriven()).isEqualTo(3);
  }

  @Test
  void reopen_rowOfAnotherSend_stays() {
    Invitation row = sample().state(InvitationState.IN_DOUBT).send("s1").row(1);
    store().insert(List.of(row));

    reopen(row, Set.of(InvitationState.IN_DOUBT), 1, "s2");

    assertThat(stored(row)).isEqualTo(row);
  }

  @Test
  void reopen_row_isDueAtOnceAndTellsItInItsJournal() {
    Invitation row = sample().state(InvitationState.DEAD).notBefore(NOON.plusSeconds(900)).row(1);
    store().insert(List.of(row));

    reopen(row, Set.of(InvitationState.DEAD), 7, null);

    assertThat(stored(row).notBefore()).isEqualTo(NOON);
    assertThat(stored(row).journal().getLast().state()).isEqualTo(InvitationState.ACCEPTED);
    assertThat(stored(row).journal().getLast().note()).contains("7");
  }

  @Test
  void reopen_expiresGiven_isExtendedAndNeverShortened() {
    Invitation row = sample().state(InvitationState.EXPIRED).row(1);
    store().insert(List.of(row));
    Set<InvitationState> from = Set.of(InvitationState.EXPIRED, InvitationState.FAILED);
    Instant later = row.expires().plusSeconds(60);

    store().reopen(List.of(row.id()), new Reopening(from, 1, null, later), NOON);
    assertThat(stored(row).expires()).isEqualTo(later);

    failAgain(row, "s1");
    store().reopen(List.of(row.id()), new Reopening(from, 2, null, NOON), NOON);
    assertThat(stored(row).state()).isEqualTo(InvitationState.ACCEPTED);
    assertThat(stored(row).expires()).isEqualTo(later);
  }

  @Test
  void byToken_token_findsItsInvitation() {
    List<Invitation> rows = sample().rows(3);
    store().insert(rows);

    assertThat(store().byToken(rows.get(1).token())).contains(rows.get(1));
    assertThat(store().byToken("token-b1-9")).isEmpty();
  }

  @Test
  void countByState_twoBatches_countsTheOneAskedFor() {
    store().insert(sample().rows(5));
    store().insert(sample().batch("b2").rows(7));
    store().claim(List.of(Invitation.id("b1", 2)), claim("s1", NOON));

    assertThat(store().countByState("b1"))
        .isEqualTo(Map.of(InvitationState.ACCEPTED, 4L, InvitationState.SENDING, 1L));
  }

  @Test
  void figures_vendorsAndRetries_areTalliedByVendorAndState() {
    List<Invitation> rows = sample().rows(4);
    store().insert(rows);
    store().insert(sample().batch("b2").rows(2));
    store().claim(ids(rows.subList(0, 2)), claim("s1", NOON));
    settle(settlement(rows.get(0).id(), "s1", Cause.SETTLE, InvitationState.RETRY));
    settle(settlement(rows.get(1).id(), "s1", Cause.SETTLE, InvitationState.RETRY));
    store()
        .claim(ids(rows.subList(0, 3)), new Claim("s2", NOON, UNTIL, "mail-2", Channel.EMAIL, 0));
    settle(settlement(rows.get(0).id(), "s2", Cause.SETTLE, InvitationState.SENT));
    settle(settlement(rows.get(1).id(), "s2", Cause.SETTLE, InvitationState.RETRY));
    settle(settlement(rows.get(2).id(), "s2", Cause.SETTLE, InvitationState.SENT));

    assertThat(store().figures("b1"))
        .containsExactlyInAnyOrder(
            new Figure("", InvitationState.ACCEPTED, 1, 0),
            new Figure("mail-2", InvitationState.SENT, 2, 1),
            new Figure("mail-2", InvitationState.RETRY, 1, 2));
  }

  private void reopen(
      Invitation row, Set<InvitationState> from, long number, @Nullable String send) {
    store().reopen(List.of(row.id()), new Reopening(from, number, send, null), NOON);
  }

  private void failAgain(Invitation row, String send) {
    store()
        .claim(
            List.of(row.id()),
            new Claim(send, NOON, UNTIL, "mail-1", Channel.EMAIL, stored(row).redriven()));
    assertThat(settle(settlement(row.id(), send, Cause.SETTLE, InvitationState.FAILED))).isTrue();
  }

  @Test
  void byHash_severalHashes_givesTheirRowsInOrderAndPages() {
    List<Invitation> rows = sample().rows(4);
    store().insert(rows);
    List<String> hashes = rows.stream().skip(1).map(Invitation::hash).toList();

    assertThat(store().byHash(hashes, "", 2)).containsExactly(rows.get(1), rows.get(2));
    assertThat(store().byHash(hashes, rows.get(2).id(), 2)).containsExactly(rows.get(3));
    assertThat(store().byHash(List.of("k1:none"), "", 2)).isEmpty();
  }

  @Test
  void erase_final_leavesNothingOfThePerson_andOnlyOnce() {
    Invitation sent = sample().state(InvitationState.SENT).send("s1").reference("a").row(1);
    Invitation open = sample().reference("a").row(2);
    Invitation doubt = sample().state(InvitationState.IN_DOUBT).row(3);
    List<Invitation> rows = List.of(sent, open, doubt);
    store().insert(rows);

    assertThat(store().erase(ids(rows))).isEqualTo(2);

    Invitation erased = stored(sent);
    assertThat(erased.hash()).isEmpty();
    assertThat(erased.language()).isEmpty();
    assertThat(erased.reference()).isNull();
    assertThat(erased.sealed().isNone()).isTrue();
    assertThat(erased.token()).isEqualTo(Invitation.erasedToken(sent.id()));
    assertThat(erased.state()).isEqualTo(InvitationState.SENT);
    assertThat(erased.journal()).containsExactly(JournalEntry.of(NOON, InvitationState.SENT, ""));
    assertThat(store().byToken(sent.token())).isEmpty();
    assertThat(stored(open)).isEqualTo(open);
    assertThat(store().byHash(List.of(sent.hash(), open.hash(), doubt.hash()), "", 9))
        .containsExactly(open);
    assertThat(store().erase(ids(rows))).isZero();
  }

  @Test
  void forget_final_losesItsSealedValueAlone() {
    Invitation sent = sample().state(InvitationState.SENT).row(1);
    Invitation open = sample().row(2);
    store().insert(List.of(sent, open));

    assertThat(store().forget(List.of(sent.id(), open.id(), "none"))).isEqualTo(1);

    assertThat(stored(sent).sealed().isNone()).isTrue();
    assertThat(stored(sent).token()).isEqualTo(sent.token());
    assertThat(stored(sent).hash()).isEqualTo(sent.hash());
    assertThat(stored(open)).isEqualTo(open);
    assertThat(store().forget(List.of(sent.id()))).isZero();
  }

  @Test
  void settle_afterErase_isWrittenAndBringsNothingBack() {
    Invitation doubt = sample().state(InvitationState.IN_DOUBT).send("s1").row(1);
    store().insert(List.of(doubt));
    store().erase(List.of(doubt.id()));

    assertThat(settle(settlement(doubt.id(), "s1", Cause.SETTLE, InvitationState.SENT))).isTrue();

    assertThat(stored(doubt).state()).isEqualTo(InvitationState.SENT);
    assertThat(stored(doubt).sealed().isNone()).isTrue();
  }

  private static Invitation sealedOn(LocalDate day, String account, int row) {
    byte[] sealed =
        ByteBuffer.allocate(40).put((byte) 1).putInt(Math.toIntExact(day.toEpochDay())).array();
    return sample().of(account, "welcome").sealed(new SealedValue(sealed)).row(row);
  }

  @Test
  void sealedUnder_accountAndDay_givesThoseThatNeedTheKey() {
    LocalDate day = LocalDate.of(2026, 3, 5);
    List<Invitation> rows =
        List.of(
            sealedOn(day, "acme", 1),
            sealedOn(day, "acme", 2),
            sealedOn(day.plusDays(1), "acme", 3),
            sealedOn(day, "other", 4));
    store().insert(rows);
    store()
        .move(
            List.of(rows.get(0).id()), Cause.DROP, JournalEntry.of(NOON, InvitationState.DEAD, ""));

    assertThat(store().sealedUnder("acme", day, "", 9))
        .extracting(Invitation::row)
        .containsExactly(1, 2);
    assertThat(store().sealedUnder("acme", day, rows.get(0).id(), 9)).hasSize(1);

    store().forget(ids(rows));

    assertThat(store().sealedUnder("acme", day, "", 9)).containsExactly(rows.get(1));
  }

  @Test
  void moveBatch_rowsOfEveryState_movesOnlyTheOpenOnesOfTheBatch() {
    List<Invitation> rows = new ArrayList<>();
    int number = 0;
    for (InvitationState state : InvitationState.values()) {
      rows.add(sample().batch("b1").state(state).row(++number));
    }
    store().insert(rows);
    Invitation other = sample().batch("b10").row(1);
    store().insert(List.of(other));

    long moved =
        store().moveBatch("b1", JournalEntry.of(NOON, InvitationState.CANCELLED, "cancelled"));

    assertThat(moved).isEqualTo(2);
    for (Invitation row : rows) {
      boolean open =
          row.state() == InvitationState.ACCEPTED || row.state() == InvitationState.RETRY;
      assertThat(stored(row).state()).isEqualTo(open ? InvitationState.CANCELLED : row.state());
    }
    assertThat(stored(rows.getFirst()).journal().getLast().note()).isEqualTo("cancelled");
    assertThat(stored(other).state()).isEqualTo(InvitationState.ACCEPTED);
  }

  @Test
  void page_statesOfABatch_comesInRowOrderPageByPage() {
    store().insert(sample().batch("b10").state(InvitationState.SENT).rows(2));
    store().insert(sample().batch("b1").state(InvitationState.SENT).rows(11).reversed());
    store().insert(List.of(sample().batch("b1").row(12)));
    Set<InvitationState> sent = Set.of(InvitationState.SENT);

    List<Invitation> first = store().page("b1", sent, "", 4);
    List<Invitation> rest = store().page("b1", sent, first.getLast().id(), 99);

    assertThat(first).extracting(Invitation::row).containsExactly(1, 2, 3, 4);
    assertThat(rest).extracting(Invitation::row).containsExactly(5, 6, 7, 8, 9, 10, 11);
    assertThat(store().page("b1", sent, rest.getLast().id(), 99)).isEmpty();
    assertThat(store().page("b1", Set.of(InvitationState.FAILED), "", 99)).isEmpty();
  }

  @Test
  void answered_first_isNotedOnceAndChangesNoState() {
    Invitation row = sample().state(InvitationState.SENT).row(1);
    Invitation other = sample().row(2);
    store().insert(List.of(row, other));

    assertThat(store().answered(row, NOON.plusSeconds(1))).isTrue();
    assertThat(store().answered(row, NOON.plusSeconds(2))).isTrue();

    assertThat(stored(row).state()).isEqualTo(InvitationState.SENT);
    assertThat(stored(row).journal())
        .hasSize(2)
        .endsWith(JournalEntry.of(NOON.plusSeconds(1), InvitationState.SENT, "answered"));
    assertThat(stored(other)).isEqualTo(other);
  }

  @Test
  void answered_anotherStateThanRead_waitsForWhoReadsAnew() {
    Invitation asRead = sample().row(1);
    store().insert(List.of(asRead));
    store().claim(List.of(asRead.id()), claim("s1", NOON));

    assertThat(store().answered(asRead, NOON)).isFalse();
    assertThat(stored(asRead).journal()).hasSize(2);
    assertThat(store().answered(stored(asRead), NOON)).isTrue();
    assertThat(store().answered(asRead, NOON)).isTrue();

    assertThat(stored(asRead).state()).isEqualTo(InvitationState.SENDING);
    assertThat(stored(asRead).journal()).hasSize(3);
  }

  @Test
  void answered_erasedOrUnknown_isFalse() {
    Invitation row = sample().state(InvitationState.SENT).row(1);
    store().insert(List.of(row));
    store().answered(row, NOON);
    store().erase(List.of(row.id()));

    assertThat(store().answered(row, NOON)).isFalse();
    assertThat(store().answered(sample().row(2), NOON)).isFalse();
    assertThat(stored(row).journal()).extracting(JournalEntry::note).containsOnly("");
  }

  @Test
  void answered_fullJournal_keepsItsBound() {
    Invitation row = sample().row(1);
    store().insert(List.of(row));
    for (int i = 1; i <= 70; i++) {
      store().postpone(List.of(row.id()), NOON.plusSeconds(i), NOON, "later");
    }

    assertThat(store().answered(row, NOON)).isTrue();

    assertThat(stored(row).journal()).hasSize(JournalEntry.LIMIT);
    assertThat(stored(row).journal().getLast().note()).isEqualTo("answered");
  }
}
