package dev.beckon.intake;

import static dev.beckon.bed.World.BATCH;
import static dev.beckon.bed.World.id;
import static dev.beckon.bed.World.row;
import static dev.beckon.bed.World.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.bed.Cuts;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationState.Cause;
import dev.beckon.invitation.JournalEntry;
import dev.beckon.invitation.Recipient;
import dev.beckon.parcel.Parcel;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntakeTest {
  private static final String WEEK = "{\"fatigue\": \"P7D\"}";
  private static final Duration HOUR = Duration.ofHours(1);

  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private final World world = MONGO.world();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void accept_rowsAtFault_refusesEachWithItsReason() {
    Map<String, String> ada = Map.of("first_name", "Ada");
    List<Row> bad =
        List.of(
            new Row(2, Map.of(), ada, null, null),
            new Row(3, Map.of(Channel.EMAIL, " "), ada, null, null),
            new Row(4, Map.of(Channel.EMAIL, "nobody"), ada, null, null),
            new Row(5, Map.of(Channel.SMS, "0301234"), ada, null, null),
            new Row(6, Map.of(Channel.EMAIL, "a@example.org"), Map.of(), null, null),
            row(7, "a@example.org", "  "),
            row(8, "a@example.org", "x".repeat(4_097)),
            new Row(9, Map.of(Channel.EMAIL, "a@", Channel.SMS, "12"), ada, null, "DE"));

    Receipt receipt = world.intake.accept(world.request(BATCH, "0", bad));

    assertThat(receipt.stored()).isEmpty();
    assertThat(receipt.refused().stream().map(no -> no.row() + " " + no.field() + " " + no.code()))
        .containsExactly(
            "2 email or sms address-missing",
            "3 email or sms address-missing",
            "4 email email-no-at",
            "5 sms phone-no-country",
            "6 first_name field-missing",
            "7 first_name field-missing",
            "8 first_name field-too-long",
            "9 email email-no-domain");
    assertThat(receipt.toString()).doesNotContain("nobody");
    assertThat(world.parcels.open(BATCH)).isZero();
    assertThat(world.bulk.size()).isZero();
  }

  @Test
  void accept_reference_isStoredAsItIs() {
    Map<Channel, String> mail = Map.of(Channel.EMAIL, "a@example.org");
    Map<String, String> ada = Map.of("first_name", "Ada");

    world.intake.accept(
        world.request(
            BATCH,
            "0",
            List.of(new Row(1, mail, ada, null, null, null, "Order 17"), row(2, "b@example.org"))));

    assertThat(world.invitation(1).reference()).isEqualTo("Order 17");
    assertThat(world.invitation(2).reference()).isNull();
  }

  @Test
  void accept_badMailGoodNumber_takesTheNextChannel() {
    Row row =
        new Row(
            1,
            Map.of(Channel.EMAIL, "nobody", Channel.SMS, "030 901820"),
            Map.of("first_name", "Ada"),
            null,
            "DE");

    world.intake.accept(world.request(BATCH, "0", List.of(row)));

    Invitation stored = world.invitation(1);
    assertThat(stored.channel()).isEqualTo(Channel.SMS);
    assertThat(world.sealed.open("acme", stored.sealed()).address()).isEqualTo("+4930901820");
  }

  @Test
  void accept_reRunAcceptsARowTheFirstRefused_isInAParcelToo() {
    Map<String, String> ada = Map.of("first_name", "Ada");
    Row national = new Row(4, Map.of(Channel.SMS, "030 901820"), ada, null, null);
    Row corrected = new Row(4, Map.of(Channel.SMS, "030 901820"), ada, null, "DE");
    List<Row> rows = new ArrayList<>(rows(3));
    rows.add(national);
    world.intake.accept(world.request(BATCH, "0", rows));
    rows.set(3, corrected);

    world.intake.accept(world.request(BATCH, "0", rows));

    assertThat(world.state(4)).isEqualTo(InvitationState.ACCEPTED);
    Instant later = world.clock.instant().plus(Duration.ofDays(1));
    assertThat(world.parcels.due(later, later, 10))
        .as("the row has a parcel that is due")
        .anySatisfy(parcel -> assertThat(parcel.ids()).contains(World.id(4)));
  }

  @Test
  void accept_everyOutcomeAtOnce_addsUpToTheRows() {
    world.configure("{\"fatigue\": \"P7D\", \"sampling\": 0.5}");
    suppress("gone@example.org");
    List<Row> rows = new ArrayList<>(rows(40));
    rows.add(row(41, "gone@example.org"));
    rows.add(row(42, "nobody"));
    world.intake.accept(world.request("b0", "0", rows.subList(0, 20)));
    for (int number = 43; number <= 52; number++) { // of ten repeats the sample keeps some
      rows.add(row(number, number % 2 == 0 ? "GUEST30@example.org" : "guest30@EXAMPLE.org"));
    }

    Receipt receipt = world.intake.accept(world.request(BATCH, "0", rows));

    assertThat(receipt.rows()).isEqualTo(52);
    assertThat(receipt.refused()).hasSize(1);
    assertThat(receipt.stored().keySet())
        .containsExactlyInAnyOrder(
            InvitationState.ACCEPTED,
            InvitationState.TOO_SOON,
            InvitationState.DUPLICATE,
            InvitationState.SUPPRESSED,
            InvitationState.SAMPLED_OUT);
    assertThat(receipt.stored().values().stream().mapToInt(n -> n).sum()).isEqualTo(51);
    assertThat(receipt.stored()).containsEntry(InvitationState.SUPPRESSED, 1);
  }

  @Test
  void accept_suppressedInAnotherCase_isSuppressedAndTakesNoContact() {
    world.configure(WEEK);
    suppress("Ada@Example.org");
    world.intake.accept(world.request(BATCH, "0", List.of(row(1, "ada@example.org"))));

    assertThat(world.state(1)).isEqualTo(InvitationState.SUPPRESSED);
    assertThat(world.contacts.read(List.of(contact("ada@example.org")))).isEmpty();
  }

  @Test
  void accept_moreThanAParcelHolds_fillsSeveral() {
    Receipt receipt = world.intake.accept(world.request(BATCH, "7", rows(2_001)));

    assertThat(receipt.stored()).containsExactly(Map.entry(InvitationState.ACCEPTED, 2_001));
    assertThat(world.bulk.take(10)).containsExactly("parcel/b1.7.0", "parcel/b1.7.1");
    assertThat(world.parcel("b1.7.1").rows().rows()).containsExactly(2_001);
  }

  @Test
  void accept_tooManyRows_saysSo() {
    assertThatThrownBy(() -> world.request(BATCH, "0", rows(10_001)))
        .hasMessageContaining("10001")
        .hasMessageContaining("10000");
  }

  @Test
  void accept_sameRequestAgain_changesNothing() {
    world.configure("{\"fatigue\": \"P7D\", \"sampling\": 0.7}");
    List<Row> rows = new ArrayList<>(rows(30));
    rows.add(row(31, "guest3@example.org"));
    rows.add(row(32, "nobody"));
    Receipt first = world.intake.accept(world.request(BATCH, "0", rows));
    Map<String, Invitation> before = stored(32);
    world.clock.advance(HOUR);

    Receipt second = world.intake.accept(world.request(BATCH, "0", rows));

    assertThat(second).isEqualTo(first);
    assertThat(stored(32)).usingRecursiveComparison().isEqualTo(before);
    assertThat(before.values().stream().map(Invitation::token)).doesNotHaveDuplicates();
  }

  @Test
  void accept_againWhileItsRowsAreSent_stillReportsThemAsAccepted() {
    world.configure(WEEK);
    String parcel = world.filled(3);
    world.vendor.answers(id(2), failed());
    world.dispatch.dispatcher().dispatch(List.of(parcel), world.deadline());

    Receipt again = world.intake.accept(world.request(BATCH, "0", rows(3)));

    assertThat(again.stored()).containsExactly(Map.entry(InvitationState.ACCEPTED, 3));
    assertThat(world.state(1)).isEqualTo(InvitationState.SENT);
    assertThat(world.state(2)).isEqualTo(InvitationState.FAILED);
    assertThat(world.parcel(parcel).state()).isEqualTo(Parcel.State.DONE);
  }

  @ParameterizedTest
  @EnumSource(Cuts.Side.class)
  void accept_cutAtEveryStep_isHealedByTheSameRequest(Cuts.Side side) {
    List<Row> rows = new ArrayList<>(rows(3));
    rows.add(row(4, "guest1@example.org"));
    for (int step = 0; ; step++) {
      try (World fresh = MONGO.world()) {
        fresh.configure(WEEK);
        fresh.intake.accept(fresh.request("b0", "0", List.of(row(1, "guest2@example.org"))));
        fresh.bulk.take(10);
        fresh.cuts.arm(step, side);
        boolean cut = false;
        try {
          fresh.intake.accept(fresh.request(BATCH, "0", rows));
        } catch (Cuts.Cut expected) {
          cut = true;
        }
        fresh.cuts.disarm();

        Receipt receipt = fresh.intake.accept(fresh.request(BATCH, "0", rows));

        String where = "cut " + side + " step " + step;
        assertThat(receipt.stored())
            .as(where)
            .containsOnly(
                Map.entry(InvitationState.ACCEPTED, 2),
                Map.entry(InvitationState.TOO_SOON, 1),
                Map.entry(InvitationState.DUPLICATE, 1));
        assertThat(fresh.state(1)).as(where).isEqualTo(InvitationState.ACCEPTED);
        assertThat(fresh.state(2)).as(where).isEqualTo(InvitationState.TOO_SOON);
        assertThat(fresh.state(4)).as(where).isEqualTo(InvitationState.DUPLICATE);
        assertThat(fresh.parcel("b1.0.0").state()).as(where).isEqualTo(Parcel.State.READY);
        assertThat(fresh.bulk.take(10)).as(where).contains("parcel/b1.0.0");
        if (!cut) {
          assertThat(step).isGreaterThan(6);
          return;
        }
      }
    }
  }

  /** A dispatch between the cut and the re-run: what was sent is not asked for again. */
  @ParameterizedTest
  @EnumSource(Cuts.Side.class)
  void accept_cutAndDispatchedBeforeTheRerun_asksNobodyTwice(Cuts.Side side) {
    for (int step = 0; ; step++) {
      try (World fresh = MONGO.world()) {
        fresh.configure(WEEK);
        fresh.cuts.arm(step, side);
        boolean cut = false;
        try {
          fresh.intake.accept(fresh.request(BATCH, "0", rows(3)));
        } catch (Cuts.Cut expected) {
          cut = true;
        }
        fresh.cuts.disarm();
        fresh.dispatch.dispatcher().dispatch(List.of("b1.0.0"), fresh.deadline());
        fresh.intake.accept(fresh.request(BATCH, "0", rows(3)));
        fresh.dispatch.dispatcher().dispatch(List.of("b1.0.0"), fresh.deadline());

        assertThat(fresh.vendor.references())
            .as("cut %s step %s", side, step)
            .containsExactlyInAnyOrder(id(1), id(2), id(3));
        if (!cut) {
          return;
        }
      }
    }
  }

  @Test
  void accept_insideTheWindow_isTooSoonAndFreeAfterIt() {
    world.configure(WEEK);
    world.filled(1);
    world.clock.advance(Duration.ofDays(7).minusMillis(1));
    assertThat(again("b2")).isEqualTo(InvitationState.TOO_SOON);
    world.clock.advance(Duration.ofMillis(1));
    assertThat(again("b3")).isEqualTo(InvitationState.ACCEPTED);
    assertThat(again("b4")).isEqualTo(InvitationState.TOO_SOON);
  }

  @ParameterizedTest
  @EnumSource(
      value = InvitationState.class,
      names = {"FAILED", "DEAD", "EXPIRED", "CANCELLED"})
  void accept_holderEndedUnsent_takesItsContactOver(InvitationState ended) {
    world.configure(WEEK);
    world.filled(1);
    world.invitations.move(
        List.of(id(1)), Cause.DROP, JournalEntry.of(world.clock.instant(), ended, ""));

    assertThat(again("b2")).isEqualTo(InvitationState.ACCEPTED);
    assertThat(again("b3")).isEqualTo(InvitationState.TOO_SOON);
  }

  @Test
  void accept_holderEndedUnsent_marksItsContactAnew() {
    world.configure("{\"fatigue\": \"P30D\"}");
    world.intake.accept(world.request("b1", "0", List.of(World.row(1, "ada@example.org"))));
    world.vendor.answers(
        Invitation.id("b1", 1), SendResult.of(SendCode.BAD_RECIPIENT, "no such mailbox"));
    world.dispatch.dispatcher().dispatch(List.of("b1.0.0"), world.deadline());
    String contact = "acme/stay/" + world.invitation(1).hash();
    Instant before = world.contacts.read(List.of(contact)).get(contact).until();
    world.configure("{\"fatigue\": \"P1D\"}");

    world.intake.accept(world.request("b2", "0", List.of(World.row(1, "ada@example.org"))));

    Contacts.Contact after = world.contacts.read(List.of(contact)).get(contact);
    assertThat(after.by()).isEqualTo(Invitation.id("b2", 1));
    assertThat(after.until()).as("what others read before must not match again").isAfter(before);
  }

  @Test
  void accept_holderNeverStored_takesItsContactOver() {
    world.configure(WEEK);
    world.contacts.take(
        List.of(
            new Contacts.Contact(
                contact("guest1@example.org"), "b0-000000001", world.clock.instant().plus(HOUR))),
        world.clock.instant());
    assertThat(again(BATCH)).isEqualTo(InvitationState.ACCEPTED);
  }

  @Test
  void accept_contactChangesHandsWhileItIsRead_looksAgain() {
    world.configure(WEEK);
    world.filled(1);
    world.invitations.move(
        List.of(id(1)),
        Cause.DROP,
        JournalEntry.of(world.clock.instant(), InvitationState.FAILED, ""));
    world.cuts.before("takeOver", () -> again("b2"));

    assertThat(again("b3")).isEqualTo(InvitationState.TOO_SOON);
    assertThat(world.state(1)).isEqualTo(InvitationState.FAILED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", WEEK})
  void accept_samePersonInTwoPartsOfABatch_isADuplicate(String policy) {
    world.configure(policy);
    world.intake.accept(world.request(BATCH, "0", List.of(row(1, "ada@example.org"))));
    Receipt receipt =
        world.intake.accept(world.request(BATCH, "1", List.of(row(2, "ADA@example.org"))));

    assertThat(receipt.stored()).containsExactly(Map.entry(InvitationState.DUPLICATE, 1));
  }

  @Test
  void accept_noWindow_anotherBatchMayAskAgain() {
    world.filled(1);
    assertThat(again("b2")).isEqualTo(InvitationState.ACCEPTED);
  }

  @Test
  void accept_sampling_keepsTheSameShareAlways() {
    world.configure("{\"sampling\": 0.3}");
    Receipt receipt = world.intake.accept(world.request(BATCH, "0", rows(2_000)));
    Set<String> kept =
        world.invitations.load(ids(2_000)).stream()
            .filter(row -> row.state() == InvitationState.ACCEPTED)
            .map(Invitation::id)
            .collect(Collectors.toCollection(HashSet::new));

    assertThat(receipt.stored().get(InvitationState.ACCEPTED)).isBetween(520, 680);
    assertThat(ids(2_000).stream().filter(id -> Sampler.keeps(id, 0.3)))
        .containsExactlyInAnyOrderElementsOf(kept);
    assertThat(Sampler.keeps("any", 0)).isFalse();
    assertThat(Sampler.keeps("any", 1)).isTrue();
  }

  @Test
  void sweep_staleParcelWithAllRows_isFinished() {
    world.configure(WEEK);
    world.intake.accept(world.request("b0", "0", List.of(row(1, "guest2@example.org"))));
    world.bulk.take(10);
    cutBefore("Contacts.take");
    world.dispatch.sweep().run();
    assertThat(world.parcel("b1.0.0").state()).isEqualTo(Parcel.State.FILLING);

    world.clock.advance(Duration.ofMinutes(16));
    world.dispatch.sweep().run();

    assertThat(world.parcel("b1.0.0").state()).isEqualTo(Parcel.State.READY);
    assertThat(world.state(2)).isEqualTo(InvitationState.TOO_SOON);
    assertThat(world.bulk.take(10)).contains("parcel/b1.0.0");
  }

  @Test
  void sweep_shortParcelAfterADay_cancelsTheMissingRowsAndShutsOutALateWriter() {
    cutBefore("InvitationStore.insert");
    world.clock.advance(Duration.ofHours(24));
    world.dispatch.sweep().run();
    assertThat(world.parcel("b1.0.0").state()).isEqualTo(Parcel.State.FILLING);

    world.clock.advance(Duration.ofSeconds(1));
    world.dispatch.sweep().run();
    world.dispatch.sweep().run();
    Receipt late = world.intake.accept(world.request(BATCH, "0", rows(3)));
    world.dispatch.dispatcher().dispatch(List.of("b1.0.0"), world.deadline());

    assertThat(late.stored()).containsExactly(Map.entry(InvitationState.CANCELLED, 3));
    assertThat(world.parcel("b1.0.0").state()).isEqualTo(Parcel.State.DONE);
    assertThat(world.vendor.given()).isEmpty();
  }

  @Test
  void sweep_oneParcelCannotBeFinished_othersAre() {
    cutBefore("Contacts.take");
    world.clock.advance(Duration.ofSeconds(1));
    world.cuts.arm(Integer.MAX_VALUE, Cuts.Side.BEFORE);
    world.intake.accept(world.request("b2", "0", List.of(row(1, "b@example.org"))));
    world.bulk.take(10);
    world.clock.advance(Duration.ofHours(1));
    world.cuts.before(
        "take",
        () -> {
          throw new IllegalStateException("this parcel is beyond repair");
        });

    world.dispatch.sweep().run();

    assertThat(world.bulk.take(10)).contains("parcel/b2.0.0");
  }

  private void cutBefore(String step) {
    try (World probe = MONGO.world()) {
      probe.configure(WEEK);
      probe.cuts.arm(Integer.MAX_VALUE, Cuts.Side.BEFORE);
      probe.intake.accept(probe.request(BATCH, "0", rows(3)));
      world.cuts.arm(probe.cuts.steps().indexOf(step), Cuts.Side.BEFORE);
    }
    assertThatThrownBy(() -> world.intake.accept(world.request(BATCH, "0", rows(3))))
        .isInstanceOf(Cuts.Cut.class);
  }

  private InvitationState again(String batch) {
    world.intake.accept(world.requestNow(batch, List.of(row(1, "guest1@example.org"))));
    return world.invitation(Invitation.id(batch, 1)).state();
  }

  private String contact(String mail) {
    return "acme/stay/" + world.hasher.hash(new Recipient(Channel.EMAIL, mail));
  }

  private void suppress(String mail) {
    world.suppressions.add(
        "acme",
        world.hasher.hash(new Recipient(Channel.EMAIL, mail)),
        "unsubscribed",
        world.clock.instant());
  }

  private Map<String, Invitation> stored(int rows) {
    Map<String, Invitation> stored = new TreeMap<>();
    world.invitations.load(ids(rows)).forEach(row -> stored.put(row.id(), row));
    return stored;
  }

  private static List<String> ids(int rows) {
    return rows(rows).stream().map(row -> id(row.number())).toList();
  }

  private static SendResult failed() {
    return SendResult.of(SendCode.BAD_RECIPIENT, "no such mailbox");
  }
}
