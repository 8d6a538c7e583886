package dev.beckon.invitation;

import static dev.beckon.invitation.Invitations.NOON;
import static dev.beckon.invitation.Invitations.ids;
import static dev.beckon.invitation.Invitations.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.invitation.InvitationSearch.Found;
import dev.beckon.invitation.InvitationState.Cause;
import dev.beckon.invitation.InvitationStore.Claim;
import dev.beckon.invitation.InvitationStore.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link InvitationSearch} keeps. Each test starts with an empty store. */
public abstract class InvitationSearchContract {
  private static final Instant LATER = NOON.plusSeconds(60);

  private final List<Invitation> first = sample().rows(3);
  private final List<Invitation> second = sample().batch("b2").of("acme", "other").rows(2);

  protected abstract InvitationStore store();

  protected abstract InvitationSearch search();

  @BeforeEach
  void fill() {
    store().insert(second);
    store().insert(first);
    fail(first.get(1), "bad-recipient: 550 No such user (a.b)");
    fail(second.get(0), "bad-content: too long");
  }

  private void fail(Invitation row, String note) {
    store().claim(List.of(row.id()), new Claim("s", NOON, LATER, "mail", Channel.EMAIL, 0));
    InvitationState to = InvitationState.FAILED;
    JournalEntry entry = new JournalEntry(LATER, to, "mail", note);
    Settlement settlement =
        new Settlement(row.id(), "s", Cause.SETTLE, to, entry, null, false, false);
    assertThat(store().settle(List.of(settlement), LATER)).isEqualTo(1);
  }

  private List<String> found(Search search) {
    return search().page(search, "", 100).stream().map(Found::id).toList();
  }

  private static Search with(@Nullable String batch, @Nullable String reason) {
    return new Search(Set.of(), null, null, batch, Set.of(), null, reason);
  }

  @Test
  void page_hashOfTheOtherAddress_findsItsRowToo() {
    Invitation both =
        sample()
            .batch("b9")
            .alternative(new Alternative(Channel.SMS, "k1:phone", NOON.plusSeconds(60)))
            .row(1);
    store().insert(List.of(both));

    for (String hash : both.hashes()) {
      Search search = new Search(Set.of(hash), null, null, null, Set.of(), null, null);
      assertThat(found(search)).containsExactly(both.id());
      assertThat(search().counts(search, "")).containsEntry(InvitationState.ACCEPTED, 1L);
    }
  }

  @Test
  void page_reference_findsItsRowInItsAccountAlone() {
    Alternative phone = new Alternative(Channel.SMS, "k1:phone", NOON.plusSeconds(60));
    Invitation alone = sample().batch("b8").reference("order-17").row(1);
    Invitation both = sample().batch("b8").reference("order:18").alternative(phone).row(2);
    Invitation strange = sample().batch("b9").of("acme2", "welcome").reference("order-17").row(1);
    Invitation imitated = sample().batch("b9").reference("k1:phone").row(2);
    store().insert(List.of(alone, both, strange, imitated));

    assertThat(found(named("acme", "order-17"))).containsExactly(alone.id());
    assertThat(search().counts(named("acme", "order-17"), ""))
        .isEqualTo(Map.of(InvitationState.ACCEPTED, 1L));
    assertThat(found(named("acme", "order:18"))).containsExactly(both.id());
    assertThat(found(named("acme2", "order-17"))).containsExactly(strange.id());
    assertThat(found(named("acme", "order-1"))).isEmpty();
    assertThat(found(named("acme", both.hash()))).as("a hash is no reference").isEmpty();
    assertThat(found(new Search(Set.of("k1:phone"), null, null, null, Set.of(), null, null)))
        .as("a reference is no hash")
        .containsExactly(both.id());
    assertThat(search().page(named("acme", "order:18"), "", 9))
        .extracting(Found::reference)
        .containsExactly("order:18");
  }

  private static Search named(String account, @Nullable String reference) {
    return new Search(account, Set.of(), null, reference, null, null, Set.of(), null, null);
  }

  @Test
  void page_account_leavesOthersOut() {
    Invitation strange = sample().batch("b7").of("acme2", "welcome").row(1);
    store().insert(List.of(strange));

    assertThat(found(named("acme2", null))).containsExactly(strange.id());
    assertThat(found(named("acme", null))).hasSize(5).doesNotContain(strange.id());
    assertThat(found(named("acme2", null).in(Set.of(InvitationState.FAILED)))).isEmpty();
    assertThat(search().counts(named("acme2", null), ""))
        .isEqualTo(Map.of(InvitationState.ACCEPTED, 1L));
    assertThat(found(named("none", null))).isEmpty();
  }

  @Test
  void page_nothingAsked_givesAllInOrderOfTheirIds() {
    List<String> all = new ArrayList<>(ids(first));
    all.addAll(ids(second));

    assertThat(found(Search.all())).containsExactlyElementsOf(all);
  }

  @Test
  void page_afterAnId_goesOnBehindIt() {
    List<String> walked = new ArrayList<>();
    String after = "";
    for (List<Found> page = search().page(Search.all(), after, 2);
        !page.isEmpty();
        page = search().page(Search.all(), after, 2)) {
      assertThat(page).hasSizeLessThanOrEqualTo(2);
      page.forEach(row -> walked.add(row.id()));
      after = walked.getLast();
    }

    assertThat(walked).containsExactlyElementsOf(found(Search.all())).hasSize(5);
  }

  @Test
  void page_eachCriterion_narrows() {
    Set<String> none = Set.of();
    String id = first.get(1).id();
    assertThat(
            found(
                new Search(
                    Set.of("x", first.get(1).hash()), null, null, null, Set.of(), null, null)))
        .containsExactly(id);
    assertThat(found(new Search(none, first.get(1).token(), null, null, Set.of(), null, null)))
        .containsExactly(id);
    assertThat(found(new Search(none, null, "other", null, Set.of(), null, null)))
        .containsExactlyElementsOf(ids(second));
    assertThat(found(with("b1", null))).containsExactlyElementsOf(ids(first));
    assertThat(found(Search.all().in(Set.of(InvitationState.FAILED, InvitationState.DEAD))))
        .containsExactly(id, second.get(0).id());
    assertThat(found(with("b1", null).in(Set.of(InvitationState.FAILED)))).containsExactly(id);
    assertThat(found(with("b1", "too long"))).isEmpty();
  }

  @Test
  void page_since_looksAtTheLastChange() {
    assertThat(found(new Search(Set.of(), null, null, null, Set.of(), LATER, null)))
        .containsExactly(first.get(1).id(), second.get(0).id());
    assertThat(found(new Search(Set.of(), null, null, null, Set.of(), NOON, null))).hasSize(5);
    assertThat(found(new Search(Set.of(), null, null, null, Set.of(), LATER.plusMillis(1), null)))
        .isEmpty();
  }

  @Test
  void page_reason_isPartOfTheLastNoteInAnyCaseAndNoPattern() {
    assertThat(found(with(null, "no SUCH user"))).containsExactly(first.get(1).id());
    assertThat(found(with(null, "(a.b)"))).containsExactly(first.get(1).id());
    assertThat(found(with(null, "(a.*b)"))).isEmpty();
    assertThat(found(with(null, "$note"))).isEmpty();
    store()
        .reopen(
            List.of(first.get(1).id()),
            new InvitationStore.Reopening(Set.of(InvitationState.FAILED), 1, null, null),
            LATER);
    assertThat(found(with(null, "no such user"))).as("a note of the past").isEmpty();
  }

  @Test
  void page_lastEntryWithoutNote_hasNoReason() {
    store()
        .claim(List.of(first.get(0).id()), new Claim("s", NOON, LATER, "mail", Channel.EMAIL, 0));
    assertThat(found(with("b1", "accepted"))).containsExactly(first.get(2).id());
  }

  @Test
  void page_row_showsWhatAListNeeds() {
    assertThat(search().page(with("b1", "user"), "", 5))
        .containsExactly(
            new Found(
                first.get(1).id(),
                "acme",
                "welcome",
                "b1",
                2,
                Channel.EMAIL,
                InvitationState.FAILED,
                1,
                first.get(1).expires(),
                0,
                null,
                new JournalEntry(
                    LATER,
                    InvitationState.FAILED,
                    "mail",
                    "bad-recipient: 550 No such user (a.b)")));
  }

  @Test
  void countsByDispatch_search_tellsEachDispatchAndState() {
    store().insert(List.of(sample().batch("b7").of("acme2", "welcome").row(1)));

    assertThat(search().countsByDispatch(named("acme", null)))
        .isEqualTo(
            Map.of(
                "welcome",
                Map.of(InvitationState.ACCEPTED, 2L, InvitationState.FAILED, 1L),
                "other",
                Map.of(InvitationState.ACCEPTED, 1L, InvitationState.FAILED, 1L)));
    assertThat(search().countsByDispatch(named("acme", null).in(Set.of(InvitationState.FAILED))))
        .isEqualTo(
            Map.of(
                "welcome", Map.of(InvitationState.FAILED, 1L),
                "other", Map.of(InvitationState.FAILED, 1L)));
    assertThat(search().countsByDispatch(named("none", null))).isEmpty();
  }

  @Test
  void within_time_findsTheSame() {
    InvitationSearch hurried = search().within(Duration.ofSeconds(20));

    assertThat(hurried.page(Search.all(), "", 9)).isEqualTo(search().page(Search.all(), "", 9));
    assertThat(hurried.counts(Search.all(), "")).isEqualTo(search().counts(Search.all(), ""));
  }

  @Test
  void counts_search_tellsEachState() {
    assertThat(search().counts(Search.all(), ""))
        .isEqualTo(Map.of(InvitationState.ACCEPTED, 3L, InvitationState.FAILED, 2L));
    assertThat(search().counts(with("b1", null), ""))
        .isEqualTo(Map.of(InvitationState.ACCEPTED, 2L, InvitationState.FAILED, 1L));
    assertThat(search().counts(with(null, "bad-"), ""))
        .isEqualTo(Map.of(InvitationState.FAILED, 2L));
    assertThat(search().counts(with("none", null), "")).isEmpty();
    assertThat(search().counts(Search.all(), first.get(2).id()))
        .isEqualTo(Map.of(InvitationState.ACCEPTED, 1L, InvitationState.FAILED, 1L));
  }
}
