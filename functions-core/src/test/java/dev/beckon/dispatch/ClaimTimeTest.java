package dev.beckon.dispatch;

import static dev.beckon.bed.World.BATCH;
import static dev.beckon.bed.World.id;
import static dev.beckon.bed.World.row;
import static dev.beckon.bed.World.rows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.bed.Cuts;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.TestClock;
import dev.beckon.bed.TwoDispatches;
import dev.beckon.bed.World;
import dev.beckon.intake.Contacts.Contact;
import dev.beckon.intake.Row;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationState.Cause;
import dev.beckon.invitation.JournalEntry;
import dev.beckon.parcel.Parcel;
import dev.beckon.parcel.RowSet;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is decided just before a claim: quiet hours, expiry, and who may still be asked. */
@Timeout(60)
class ClaimTimeTest {
  /** The test's clock starts on a Monday at 09:00 UTC. */
  private static final String QUIET_TILL_NOON =
      "{\"quietHours\": {\"from\": \"20:00\", \"to\": \"12:00\"}}";

  private static final String WEEK = "{\"fatigue\": \"P7D\", \"expires\": \"P30D\"}";

  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private final World world = MONGO.world();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void dispatch_quietHours_putsRowsOffWithoutAnAttempt() {
    world.configure(QUIET_TILL_NOON);
    String parcel = world.filled(3);
    Instant noon = Instant.parse("2026-03-02T12:00:00Z");

    dispatch(parcel);
    dispatch(parcel);

    assertThat(world.vendor.given()).isEmpty();
    Invitation row = world.invitation(1);
    assertThat(row.state()).isEqualTo(InvitationState.ACCEPTED);
    assertThat(row.attempts()).isZero();
    assertThat(row.notBefore()).isEqualTo(noon);
    assertThat(row.journal())
        .extracting(JournalEntry::note)
        .containsExactly("", "quiet hours until 2026-03-02T12:00:00Z");
    assertThat(world.parcel(parcel).due()).isEqualTo(noon);

    world.clock.advance(Duration.ofHours(3));
    dispatch(parcel);

    assertThat(world.vendor.references()).hasSize(3).doesNotHaveDuplicates();
    assertThat(world.invitation(1).attempts()).isEqualTo(1);
    assertThat(world.parcel(parcel).state()).isEqualTo(Parcel.State.DONE);
  }

  @Test
  void dispatch_recipientsInSeveralZones_goesByEachOnesClock() {
    world.configure(QUIET_TILL_NOON);
    List<Row> guests =
        List.of(
            zoned(1, "Asia/Tokyo"), // 18:00
            zoned(2, "Pacific/Kiritimati"), // 23:00, quiet until 12:00 there
            zoned(3, "America/New_York"), // 04:00
            row(4, "guest4@example.org")); // the dispatch's: UTC
    world.intake.accept(world.request(BATCH, "0", guests));

    dispatch("b1.0.0");

    assertThat(world.vendor.references()).containsExactly(id(1));
    assertThat(world.invitation(2).notBefore()).isEqualTo("2026-03-02T22:00:00Z");
    assertThat(world.invitation(3).notBefore()).isEqualTo("2026-03-02T17:00:00Z");
    assertThat(world.invitation(4).notBefore()).isEqualTo("2026-03-02T12:00:00Z");
    assertThat(world.parcel("b1.0.0").due()).isEqualTo("2026-03-02T12:00:00Z");
  }

  @Test
  void dispatch_noZoneInTheRow_takesTheDispatchsAndItsSummerTime() {
    TwoDispatches.in(world, "PT0S", QUIET_TILL_NOON); // in Berlin
    world.clock.advance(Duration.between(TestClock.START, Instant.parse("2026-03-28T22:00:00Z")));
    world.intake.accept(world.requestNow(BATCH, rows(1)));

    dispatch("b1.0.0");

    assertThat(world.invitation(1).notBefore()).isEqualTo("2026-03-29T10:00:00Z");
  }

  @Test
  void dispatch_quietUntilAfterItsTime_isExpired() {
    world.configure(
        "{\"expires\": \"PT3H\", \"quietHours\": {\"from\": \"20:00\", \"to\": \"12:00\"}}");
    String parcel = world.filled(1);

    dispatch(parcel);

    assertThat(world.state(1)).isEqualTo(InvitationState.EXPIRED);
    assertThat(lastNote(1)).contains("quiet hours");
    assertThat(world.parcel(parcel).state()).isEqualTo(Parcel.State.DONE);
  }

  @Test
  void dispatch_shortRetryFallsIntoQuietHours_waitsInRetry() {
    world.configure("{\"quietHours\": {\"from\": \"09:00:20\", \"to\": \"10:00\"}}");
    String parcel = world.filled(2);
    world.vendor.answers(
        id(1), SendResult.of(SendCode.UNAVAILABLE, "busy").retryAfter(Duration.ofSeconds(5)));
    world.vendor.meanwhile(batch -> world.clock.advance(Duration.ofSeconds(16)));
    world.clock.stepPerLook(Duration.ofMillis(100));

    dispatch(parcel);

    assertThat(world.vendor.references()).containsOnlyOnce(id(1), id(2));
    assertThat(world.state(1)).isEqualTo(InvitationState.RETRY);
    assertThat(world.invitation(1).notBefore()).isEqualTo("2026-03-02T10:00:00Z");
    assertThat(world.invitation(1).attempts()).isEqualTo(1);
    assertThat(lastNote(1)).contains("quiet hours");
    assertThat(world.parcel(parcel).due()).isEqualTo("2026-03-02T10:00:00Z");
  }

  @Test
  void dispatch_quietHoursBeginDuringTheParcel_keepsTheRestBack() {
    world.configure("{\"quietHours\": {\"from\": \"09:00:20\", \"to\": \"10:00\"}}");
    world.vendor.maxBatch(1);
    String parcel = world.filled(30);
    world.vendor.meanwhile(batch -> world.clock.advance(Duration.ofSeconds(5)));

    dispatch(parcel);

    Map<InvitationState, Long> counts = world.invitations.countByState(BATCH);
    assertThat(counts.keySet())
        .containsExactlyInAnyOrder(InvitationState.SENT, InvitationState.ACCEPTED);
    assertThat(world.parcel(parcel).due()).isEqualTo("2026-03-02T10:00:00Z");
  }

  @Test
  void dispatch_windowPassedAndAnotherAsks_isTooSoonBeforeTheClaim() {
    world.configure(WEEK);
    String parcel = world.filled(2);
    world.clock.advance(Duration.ofDays(8));
    world.intake.accept(world.requestNow("b2", List.of(row(1, "guest1@example.org"))));
    dispatch("b2.0.0");

    dispatch(parcel);

    assertThat(world.vendor.references()).containsExactlyInAnyOrder(Invitation.id("b2", 1), id(2));
    assertThat(world.state(1)).isEqualTo(InvitationState.TOO_SOON);
    assertThat(world.invitation(1).attempts()).isZero();
    assertThat(world.parcel(parcel).state()).isEqualTo(Parcel.State.DONE);
  }

  @Test
  void dispatch_windowPassedAndNobodyElseAsks_isSentAndHoldsTheContactAgain() {
    world.configure(WEEK);
    String parcel = world.filled(1);
    world.clock.advance(Duration.ofDays(8));

    dispatch(parcel);
    world.intake.accept(world.requestNow("b2", List.of(row(1, "guest1@example.org"))));

    assertThat(world.state(1)).isEqualTo(InvitationState.SENT);
    assertThat(world.invitation(Invitation.id("b2", 1)).state())
        .isEqualTo(InvitationState.TOO_SOON);
  }

  /** A window that ends while the claim may still be sending protects nobody from the next row. */
  @Test
  void dispatch_windowEndsInsideTheClaim_isHeldToTheClaimsEnd() {
    world.configure("{\"fatigue\": \"PT1M\"}");
    String parcel = world.filled(1);
    world.clock.advance(Duration.ofSeconds(30));
    world.vendor.meanwhile(batch -> {
      world.clock.advance(Duration.ofSeconds(45));
      world.intake.accept(world.requestNow("b2", List.of(row(1, "guest1@example.org"))));
    });

    dispatch(parcel);

    assertThat(world.state(1)).isEqualTo(InvitationState.SENT);
    assertThat(world.invitation(Invitation.id("b2", 1)).state())
        .isEqualTo(InvitationState.TOO_SOON);
  }

  @Test
  void dispatch_holdsItsContacts_writesNone() {
    world.configure(WEEK);
    String parcel = world.filled(3);
    world.cuts.arm(Integer.MAX_VALUE, Cuts.Side.BEFORE);

    dispatch(parcel);

    assertThat(world.cuts.steps())
        .contains("Contacts.read")
        .doesNotContain("Contacts.take", "Contacts.takeOver");
  }

  @Test
  void dispatch_redrivenAfterAnotherAsked_isTooSoon() {
    world.configure(WEEK);
    String parcel = world.filled(1);
    world.vendor.answers(id(1), SendResult.of(SendCode.BAD_RECIPIENT, "no such mailbox"));
    dispatch(parcel);
    world.intake.accept(world.requestNow("b2", List.of(row(1, "guest1@example.org"))));
    dispatch("b2.0.0");

    dispatch(redrive(1));

    assertThat(world.vendor.references()).containsExactly(id(1), Invitation.id("b2", 1));
    assertThat(world.state(1)).isEqualTo(InvitationState.TOO_SOON);
  }

  /** The other row saw it FAILED, but has not taken the contact over yet. */
  @Test
  void dispatch_redrivenWhileAnotherTakesItsContactOver_asksOnce() {
    world.configure(WEEK);
    String parcel = world.filled(1);
    world.vendor.answers(id(1), SendResult.of(SendCode.BAD_RECIPIENT, "no such mailbox"));
    dispatch(parcel);
    world.cuts.before("takeOver", () -> dispatch(redrive(1)));

    world.intake.accept(world.requestNow("b2", List.of(row(1, "guest1@example.org"))));
    dispatch("b2.0.0");

    assertThat(world.vendor.references()).containsExactly(id(1), id(1));
    assertThat(world.state(1)).isEqualTo(InvitationState.SENT);
    assertThat(world.invitation(Invitation.id("b2", 1)).state())
        .isEqualTo(InvitationState.TOO_SOON);
  }

  /** Nor does an intake that runs again late give the old value back. */
  @Test
  void dispatch_redrivenAndItsIntakeRunsAgainWhileAnotherTakesOver_asksOnce() {
    world.configure(WEEK);
    String parcel = world.filled(1);
    world.vendor.answers(id(1), SendResult.of(SendCode.BAD_RECIPIENT, "no such mailbox"));
    dispatch(parcel);
    world.cuts.before(
        "takeOver",
        () -> {
          dispatch(redrive(1));
          world.intake.accept(world.request(BATCH, "0", rows(1)));
        });

    world.intake.accept(world.requestNow("b2", List.of(row(1, "guest1@example.org"))));
    dispatch("b2.0.0");

    assertThat(world.vendor.references()).containsExactly(id(1), id(1));
    assertThat(world.invitation(Invitation.id("b2", 1)).state())
        .isEqualTo(InvitationState.TOO_SOON);
  }

  @Test
  void dispatch_accountsWindow_holdsBetweenDispatches() {
    TwoDispatches two = TwoDispatches.in(world, "P7D", "{}");
    world.intake.accept(two.request("stay", "b1", rows(2)));
    world.intake.accept(two.request("leave", "b2", rows(3)));

    dispatch("b1.0.0", "b2.0.0");

    assertThat(world.vendor.references())
        .containsExactlyInAnyOrder(id(1), id(2), Invitation.id("b2", 3));
    assertThat(world.invitations.countByState("b2"))
        .containsOnly(Map.entry(InvitationState.TOO_SOON, 2L), Map.entry(InvitationState.SENT, 1L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", WEEK})
  void dispatch_accountsContactLostMeanwhile_isTooSoon(String policy) {
    TwoDispatches two = TwoDispatches.in(world, "P1D", policy);
    world.intake.accept(two.request("stay", "b1", rows(2)));
    world.clock.advance(Duration.ofDays(2));
    world.intake.accept(two.request("leave", "b2", rows(1)));

    dispatch("b1.0.0", "b2.0.0");

    assertThat(world.vendor.references()).containsExactlyInAnyOrder(id(2), Invitation.id("b2", 1));
    assertThat(world.state(1)).isEqualTo(InvitationState.TOO_SOON);
  }

  /** The window was configured after the rows had been accepted: the first to be claimed asks. */
  @Test
  void dispatch_windowConfiguredMeanwhile_isKept() {
    TwoDispatches without = TwoDispatches.in(world, "PT0S", "{}");
    world.intake.accept(without.request("stay", "b1", rows(1)));
    world.intake.accept(without.request("leave", "b2", rows(1)));
    TwoDispatches.in(world, "P7D", "{}");

    dispatch("b1.0.0");
    dispatch("b2.0.0");

    assertThat(world.vendor.references()).containsExactly(id(1));
    assertThat(world.invitation(Invitation.id("b2", 1)).state())
        .isEqualTo(InvitationState.TOO_SOON);
  }

  @Test
  void dispatch_holderOfTheContactGone_takesItOver() {
    world.configure(WEEK);
    String parcel = world.filled(1);
    String contact = "acme/stay/" + world.invitation(1).hash();
    world.clock.advance(Duration.ofDays(8));
    world.contacts.take(
        List.of(new Contact(contact, "b9-000000001", world.clock.instant().plusSeconds(3600))),
        world.clock.instant());

    dispatch(parcel);

    assertThat(world.state(1)).isEqualTo(InvitationState.SENT);
    assertThat(world.contacts.read(List.of(contact)).get(contact).by()).isEqualTo(id(1));
  }

  @Test
  void dispatch_tooSoonWhileInRetry_endsThere() {
    world.configure(WEEK);
    String parcel = world.filled(1);
    world.vendor.answers(
        id(1), SendResult.of(SendCode.UNAVAILABLE, "busy").retryAfter(Duration.ofDays(8)));
    dispatch(parcel);
    world.clock.advance(Duration.ofDays(8));
    world.intake.accept(world.requestNow("b2", List.of(row(1, "guest1@example.org"))));

    dispatch(parcel);

    assertThat(world.state(1)).isEqualTo(InvitationState.TOO_SOON);
    assertThat(InvitationState.TOO_SOON.from(Cause.DROP)).contains(InvitationState.RETRY);
    assertThat(world.vendor.given()).hasSize(1);
  }

  private String redrive(long number) {
    String name = "redrive-" + number;
    world.parcels.insert(
        List.of(
            new Parcel(
                name,
                "acme",
                "stay",
                BATCH,
                world.parcel("b1.0.0").lane(),
                RowSet.of(List.of(1)),
                Parcel.State.READY,
                TestClock.START,
                TestClock.START,
                new Parcel.Redrive(number, Set.of(InvitationState.FAILED), null, null),
                false)));
    return name;
  }

  private static Row zoned(int number, String zone) {
    return new Row(
        number,
        Map.of(Channel.EMAIL, "guest" + number + "@example.org"),
        Map.of("first_name", "Ada"),
        null,
        zone,
        null);
  }

  private String lastNote(int row) {
    return world.invitation(row).journal().getLast().note();
  }

  private void dispatch(String... parcels) {
    assertThat(world.dispatch.dispatcher().dispatch(List.of(parcels), world.deadline())).isEmpty();
  }
}
