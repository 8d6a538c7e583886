package dev.beckon.dispatch;

import static dev.beckon.bed.World.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.beckon.bed.Cuts;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import dev.beckon.intake.Row;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.JournalEntry;
import dev.beckon.invitation.Recipient;
import dev.beckon.operations.Erasure;
import dev.beckon.parcel.Hint;
import dev.beckon.parcel.Parcel;
import dev.beckon.vendor.OutboundMessage;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Mail, then SMS: who goes on by the other address, and who never does. */
@Timeout(60)
class ChannelFallbackTest {
  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private static final String ON =
      "{\"fatigue\": \"P30D\", \"maxAttempts\": 2, \"channelFallback\": {\"after\": \"PT4H\"}}";
  private static final String PHONE = "+4915123456789";
  private static final String PARCEL = World.BATCH + ".0.0";
  private static final int STEPS_AT_MOST = 80;

  private static final SendResult NOBODY =
      SendResult.of(SendCode.BAD_RECIPIENT, "no such mailbox guest1@example.org, try " + PHONE);
  private static final SendResult DOWN =
      SendResult.of(SendCode.UNAVAILABLE, "HTTP 503").retryAfter(Duration.ofMinutes(5));
  private static final SendResult SILENCE =
      SendResult.of(SendCode.NO_REPLY, "no answer").retryAfter(Duration.ofMinutes(5));

  private World world;

  @BeforeEach
  void open() {
    world = MONGO.world();
    world.configure(ON);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void dispatch_mailboxRefused_sameInvitationGoesOutBySms() {
    world.vendor.answers(id(1), NOBODY);
    accept(person(1, "guest1@example.org", PHONE));

    run();

    assertThat(texted()).containsExactly(PHONE);
    assertThat(world.texts.given().getFirst().key())
        .isNotEqualTo(world.vendor.given().getFirst().key());
    Invitation row = world.invitation(1);
    assertThat(row.state()).isEqualTo(InvitationState.SENT);
    assertThat(row.channel()).isEqualTo(Channel.SMS);
    assertThat(row.attempts()).as("attempts of this channel").isEqualTo(1);
    assertThat(row.journal())
        .extracting(JournalEntry::state, JournalEntry::vendor)
        .containsExactly(
            tuple(InvitationState.ACCEPTED, ""),
            tuple(InvitationState.SENDING, "mail"),
            tuple(InvitationState.RETRY, "mail"),
            tuple(InvitationState.SENDING, "text"),
            tuple(InvitationState.SENT, "text"));
    assertThat(row.journal().get(2).note())
        .startsWith("bad-recipient: no such mailbox")
        .endsWith("; goes on by sms")
        .doesNotContain("guest1")
        .doesNotContain(PHONE);
    assertThat(world.parcel(PARCEL).state()).isEqualTo(Parcel.State.DONE);
    assertThat(world.invitations.countByState(World.BATCH))
        .containsExactly(Map.entry(InvitationState.SENT, 1L));
  }

  @Test
  void dispatch_bothRefused_failsOnce() {
    world.vendor.answers(id(1), NOBODY);
    world.texts.answers(id(1), NOBODY);
    accept(person(1, "guest1@example.org", PHONE));

    run();

    assertThat(world.state(1)).isEqualTo(InvitationState.FAILED);
    assertThat(world.vendor.given()).hasSize(1);
    assertThat(world.texts.given()).hasSize(1);
  }

  @Test
  void dispatch_attemptsUsedUp_goesOnWithAttemptsAnew() {
    world.vendor.answers(id(1), DOWN, DOWN);
    world.texts.answers(id(1), DOWN);
    accept(person(1, "guest1@example.org", PHONE));

    runAndWait(5);

    assertThat(world.vendor.given()).hasSize(2);
    assertThat(world.texts.given()).hasSize(2);
    assertThat(world.state(1)).isEqualTo(InvitationState.SENT);
    assertThat(world.invitation(1).attempts()).isEqualTo(2);
  }

  @Test
  void accept_policyOff_keepsNoOtherAddress() {
    world.configure("{}");
    world.vendor.answers(id(1), NOBODY);
    accept(person(1, "guest1@example.org", PHONE));

    Invitation row = world.invitation(1);
    assertThat(row.alternative()).isNull();
    assertThat(world.sealed.open("acme", row.sealed()).other()).isNull();
    run();
    assertThat(world.state(1)).isEqualTo(InvitationState.FAILED);
    assertThat(world.texts.given()).isEmpty();
  }

  @Test
  void dispatch_policyTurnedOffMeanwhile_staysOnItsChannel() {
    world.vendor.answers(id(1), NOBODY);
    accept(person(1, "guest1@example.org", PHONE));
    world.configure("{}");

    run();

    assertThat(world.state(1)).isEqualTo(InvitationState.FAILED);
    assertThat(world.texts.given()).isEmpty();
  }

  @Test
  void accept_otherAddressInvalidOrSuppressed_isNotKeptAndNoReasonForRefusal() {
    world.suppressions.add("acme", hash(Channel.SMS, PHONE), "unsubscribed", world.clock.instant());
    world.vendor.answers(id(2), NOBODY);

    accept(
        person(1, "guest1@example.org", "12"),
        person(2, "guest2@example.org", PHONE),
        person(3, "guest3@", "+4915123456780"));

    assertThat(world.invitation(1).alternative()).isNull();
    assertThat(world.invitation(2).alternative()).isNull();
    assertThat(world.invitation(3).channel()).isEqualTo(Channel.SMS);
    run();
    assertThat(world.state(2)).isEqualTo(InvitationState.FAILED);
  }

  @Test
  void dispatch_otherAddressSuppressedMeanwhile_isSuppressed() {
    world.vendor.answers(id(1), NOBODY);
    accept(person(1, "guest1@example.org", PHONE));
    world.suppressions.add("acme", hash(Channel.SMS, PHONE), "unsubscribed", world.clock.instant());

    run();

    assertThat(world.state(1)).isEqualTo(InvitationState.SUPPRESSED);
    assertThat(world.texts.given()).isEmpty();
  }

  @Test
  void dispatch_firstAddressSuppressedAfterTheSwitch_isSuppressed() {
    world.vendor.answers(id(1), NOBODY);
    accept(person(1, "guest1@example.org", PHONE));
    dispatch();
    assertThat(world.invitation(1).channel()).isEqualTo(Channel.SMS);
    world.suppressions.add(
        "acme", hash(Channel.EMAIL, "guest1@example.org"), "erased", world.clock.instant());

    run();

    assertThat(world.state(1)).isEqualTo(InvitationState.SUPPRESSED);
  }

  @Test
  void dispatch_otherAddressAskedByAnotherInvitation_isTooSoon() {
    world.vendor.answers(id(1), NOBODY);
    accept(person(1, "guest1@example.org", PHONE));
    world.intake.accept(world.requestNow("b2", List.of(person(1, "", PHONE))));

    run();

    assertThat(world.state(1)).isEqualTo(InvitationState.TOO_SOON);
    assertThat(world.invitation(Invitation.id("b2", 1)).state()).isEqualTo(InvitationState.SENT);
    assertThat(texted()).containsExactly(PHONE);
  }

  @Test
  void dispatch_wentOn_holdsBothContacts() {
    world.vendor.answers(id(1), NOBODY);
    accept(person(1, "guest1@example.org", PHONE));
    run();

    world.intake.accept(
        world.requestNow(
            "b2",
            List.of(person(1, "", PHONE), person(2, "guest1@example.org", "+4915123456780"))));

    assertThat(world.invitation(Invitation.id("b2", 1)).state())
        .isEqualTo(InvitationState.TOO_SOON);
    assertThat(world.invitation(Invitation.id("b2", 2)).state())
        .isEqualTo(InvitationState.TOO_SOON);
  }

  @Test
  void dispatch_channelFailsPastItsTime_goesOnWithoutWaitingForMore() {
    world.configure(ON.replace("\"maxAttempts\": 2", "\"maxAttempts\": 50"));
    world.vendor.reshape(results -> results.stream().map(any -> DOWN).toList());
    world.vendor.maxBatch(1);
    accept(people(30));

    runAndWait(3);
    assertThat(world.texts.given()).as("before the channel's time is over").isEmpty();
    assertThat(rows(30)).filteredOn(row -> row.attempts() == 0).as("never tried").isNotEmpty();
    int calls = world.vendor.given().size();
    world.clock.advance(Duration.ofHours(4));
    run();

    assertThat(rows(30)).extracting(Invitation::state).containsOnly(InvitationState.SENT);
    assertThat(world.texts.references()).hasSize(30).doesNotHaveDuplicates();
    assertThat(world.vendor.given()).hasSize(calls);
    assertThat(rows(30))
        .allSatisfy(row ->
            assertThat(row.journal())
                .extracting(JournalEntry::note)
                .contains("the channel's time is over; goes on by sms"));
  }

  @Test
  void dispatch_answerAfterTheChannelsTime_goesOnAtOnce() {
    world.vendor.answers(id(1), DOWN);
    world.vendor.meanwhile(batch -> world.clock.advance(Duration.ofHours(4)));
    accept(person(1, "guest1@example.org", PHONE));

    dispatch();

    assertThat(world.invitation(1).channel()).isEqualTo(Channel.SMS);
    assertThat(world.invitation(1).journal().getLast().note())
        .isEqualTo("unavailable: HTTP 503; goes on by sms");
  }

  @Test
  void dispatch_pausedPastTheChannelsTime_isTriedOnItsFirstChannel() {
    accept(person(1, "guest1@example.org", PHONE));
    world.clock.advance(Duration.ofHours(5));

    run();

    assertThat(world.state(1)).isEqualTo(InvitationState.SENT);
    assertThat(world.texts.given()).isEmpty();
    assertThat(world.vendor.given()).hasSize(1);
  }

  @Test
  void dispatch_requestMayHaveBeenAccepted_neverGoesOn() {
    world.configure(ON.replace("{\"fatigue\"", "{\"inDoubt\": \"resend\", \"fatigue\""));
    world.vendor.answers(id(1), SILENCE, NOBODY);
    world.vendor.answers(id(2), SILENCE, DOWN);
    accept(people(2));

    runAndWait(4);
    world.clock.advance(Duration.ofHours(5));
    run();

    assertThat(rows(2)).extracting(Invitation::state).containsOnly(InvitationState.IN_DOUBT);
    assertThat(world.texts.given()).isEmpty();
  }

  @Test
  void dispatch_heldInDoubt_neverGoesOn() {
    world.vendor.answers(id(1), SILENCE);
    accept(people(1));

    run();
    world.clock.advance(Duration.ofHours(5));
    world.dispatch.sweep().run();
    run();

    assertThat(world.state(1)).isEqualTo(InvitationState.IN_DOUBT);
    assertThat(world.texts.given()).isEmpty();
  }

  @Test
  void dispatch_anotherWorkerWentOnSinceItWasLoaded_isLeftAlone() {
    world.vendor.answers(id(1), NOBODY);
    accept(people(1));
    world.cuts.before("claim", this::dispatch);

    dispatch();

    assertThat(world.vendor.given()).as("the slower one does not repeat the mail").hasSize(1);
    assertThat(world.invitation(1).state()).isEqualTo(InvitationState.RETRY);
    run();
    assertThat(world.texts.references()).containsExactly(id(1));
    assertThat(world.vendor.given()).hasSize(1);
  }

  @Test
  void dispatch_refusedAfterItWasGivenUp_goesOnByARedriveParcel() {
    world.vendor.answers(id(1), NOBODY, NOBODY);
    world.vendor.meanwhile(batch -> {
      if (world.vendor.given().size() == 1) {
        world.clock.advance(Duration.ofMinutes(10));
        world.dispatch.sweep().run();
      }
    });
    accept(people(1));
    dispatch();
    assertThat(world.state(1)).isEqualTo(InvitationState.IN_DOUBT);

    run();

    assertThat(world.state(1)).isEqualTo(InvitationState.SENT);
    assertThat(world.vendor.given().stream().map(OutboundMessage::key).distinct()).hasSize(1);
    assertThat(world.texts.references()).containsExactly(id(1));
  }

  @Test
  void dispatch_cutAtEveryStep_goesOutBySmsOnceOrIsInDoubt() {
    int sent = 0;
    for (int step = 0; step < STEPS_AT_MOST; step++) {
      for (Cuts.Side side : Cuts.Side.values()) {
        try (World cut = MONGO.world()) {
          cut.configure(ON);
          cut.vendor.answers(id(1), NOBODY, NOBODY);
          cut.intake.accept(cut.request(World.BATCH, "0", List.of(people(1))));
          cut.cuts.arm(step, side);
          try {
            run(cut);
          } catch (Cuts.Cut e) {
            // the worker is gone; its message comes again
          }
          boolean whole = !cut.cuts.disarm();
          heal(cut);

          Invitation row = cut.invitation(1);
          assertThat(row.state())
              .as(step + " " + side)
              .isIn(InvitationState.SENT, InvitationState.IN_DOUBT);
          assertThat(cut.texts.given()).as(step + " " + side).hasSizeLessThanOrEqualTo(1);
          if (row.state() == InvitationState.SENT) {
            assertThat(cut.texts.given()).as(step + " " + side).hasSize(1);
            sent++;
          }
          if (whole) {
            assertThat(sent).isGreaterThan(20);
            return;
          }
        }
      }
    }
    throw new AssertionError("a run takes more steps than the test looks at");
  }

  @Test
  void erase_byEitherAddress_findsTheRowBeforeAndAfterTheSwitch() {
    world.vendor.answers(id(1), NOBODY);
    world.vendor.answers(id(2), NOBODY);
    accept(people(3));
    dispatchOnly(id(1), id(2));
    assertThat(world.invitation(1).channel()).isEqualTo(Channel.SMS);

    erase(new Recipient(Channel.EMAIL, "guest1@example.org"));
    erase(new Recipient(Channel.SMS, phone(2)));
    erase(new Recipient(Channel.SMS, phone(3)));

    assertThat(rows(3))
        .allSatisfy(row -> {
          assertThat(row.state()).isIn(InvitationState.SUPPRESSED, InvitationState.SENT);
          assertThat(row.hash()).isEmpty();
          assertThat(row.alternative()).isNull();
          assertThat(row.sealed().isNone()).isTrue();
        });
    assertThat(world.texts.given()).isEmpty();
  }

  @Test
  void unsubscribe_byTheLink_suppressesBothAddresses() {
    accept(people(1));
    world.suppressed.add(world.invitation(1), "unsubscribed", world.clock.instant());

    assertThat(
            world.suppressions.among(
                "acme",
                List.of(hash(Channel.EMAIL, "guest1@example.org"), hash(Channel.SMS, phone(1)))))
        .hasSize(2);
  }

  @Test
  void dispatch_hashKeyRotatedBeforeTheSwitch_looksAtBothKeys() {
    world.vendor.answers(id(1), NOBODY);
    accept(people(1));
    dispatch();
    try (World later = world.restarted(new World.Keys("k2,k1", "m1"))) {
      later.suppressions.add(
          "acme",
          later.hasher.hash(new Recipient(Channel.SMS, phone(1))),
          "unsubscribed",
          later.clock.instant());
      later.dispatch.dispatcher().dispatch(List.of(PARCEL), later.deadline());
      assertThat(later.state(1)).isEqualTo(InvitationState.SUPPRESSED);
    }
  }

  private void erase(Recipient recipient) {
    Erasure.Found found = world.erasure.erase("acme", List.of(recipient), "test");
    assertThat(found.rows()).isEqualTo(1);
  }

  private String hash(Channel channel, String address) {
    return world.hasher.hash(new Recipient(channel, address));
  }

  private static Row person(int number, String mail, String phone) {
    return new Row(
        number,
        Map.of(Channel.EMAIL, mail, Channel.SMS, phone),
        Map.of("first_name", "Ada"),
        null,
        "DE");
  }

  private static String phone(int number) {
    return "+49151234560" + (10 + number);
  }

  private static Row[] people(int n) {
    return IntStream.rangeClosed(1, n)
        .mapToObj(row -> person(row, "guest" + row + "@example.org", phone(row)))
        .toArray(Row[]::new);
  }

  private void accept(Row... rows) {
    world.intake.accept(world.request(World.BATCH, "0", List.of(rows)));
  }

  private List<Invitation> rows(int n) {
    return world.invitations.load(IntStream.rangeClosed(1, n).mapToObj(World::id).toList());
  }

  private List<String> texted() {
    return world.texts.given().stream().map(message -> message.to().address()).toList();
  }

  /** One call of a worker. */
  private void dispatch() {
    world.dispatch.dispatcher().dispatch(List.of(PARCEL), world.deadline());
  }

  private void dispatchOnly(String... refused) {
    dispatch();
    for (String id : refused) {
      assertThat(world.invitation(id).state()).isEqualTo(InvitationState.RETRY);
    }
  }

  private void run() {
    run(world);
  }

  /** What is due of the parcels hinted at, until there is nothing more. */
  private static void run(World world) {
    Dispatcher dispatcher = world.dispatch.dispatcher();
    for (int round = 0; round < 20; round++) {
      world.dispatch.sweep().run();
      List<String> ids = new ArrayList<>();
      world.bulk.take(10).stream()
          .map(Hint::parse)
          .flatMap(Optional::stream)
          .forEach(hint -> ids.add(hint.id()));
      if (ids.isEmpty()) {
        return;
      }
      dispatcher.dispatch(ids, world.deadline());
    }
  }

  /** The same, for rows that wait a moment each time. */
  private void runAndWait(int times) {
    for (int i = 0; i < times; i++) {
      run();
      world.clock.advance(Duration.ofMinutes(6));
    }
    run();
  }

  private static void heal(World world) {
    for (int i = 0; i < 3; i++) {
      world.clock.advance(Duration.ofMinutes(31));
      world.dispatch.sweep().run();
      run(world);
    }
  }
}
