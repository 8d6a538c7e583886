package dev.beckon.dispatch;

import static dev.beckon.bed.World.BATCH;
import static dev.beckon.bed.World.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.bed.Cuts;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.TestClock;
import dev.beckon.bed.World;
import dev.beckon.intake.Row;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.JournalEntry;
import dev.beckon.invitation.Recipient;
import dev.beckon.parcel.Deadline;
import dev.beckon.parcel.Hint;
import dev.beckon.parcel.Parcel;
import dev.beckon.vendor.Content;
import dev.beckon.vendor.OutboundMessage;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import dev.beckon.vendor.VendorTraits;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class DispatcherTest {
  private static final SendResult LATER =
      SendResult.of(SendCode.UNAVAILABLE, "busy").retryAfter(Duration.ofMinutes(1));
  private static final SendResult SILENT = SendResult.of(SendCode.NO_REPLY, "no answer");
  private static final String RESEND = "{\"inDoubt\": \"resend\", \"maxAttempts\": 2}";

  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private World world;
  private Dispatcher dispatcher;

  @BeforeEach
  void open() {
    world = MONGO.world();
    dispatcher = world.dispatch.dispatcher();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void dispatch_parcel_sendsEachRowOnceAndIsDone() {
    String parcel = world.filled(250);

    assertThat(dispatch(parcel)).isEmpty();

    assertThat(world.vendor.references()).hasSize(250).doesNotHaveDuplicates();
    assertThat(states(250)).containsOnly(InvitationState.SENT);
    assertThat(world.parcel(parcel).state()).isEqualTo(Parcel.State.DONE);
    OutboundMessage message = world.vendor.given().getFirst();
    Invitation first = world.invitation(message.reference());
    assertThat(message.to())
        .isEqualTo(new Recipient(Channel.EMAIL, "guest" + first.row() + "@example.org"));
    assertThat(((Content.Email) message.content()).text())
        .contains("Ada", "https://survey.example/" + first.token());
    assertThat(first.journal().stream().map(JournalEntry::state))
        .containsExactly(InvitationState.ACCEPTED, InvitationState.SENDING, InvitationState.SENT);
    assertThat(first.attempts()).isEqualTo(1);
  }

  @Test
  void dispatch_claims_onlyWhenAboutToSendAndOnlyDueRows() {
    String parcel = world.filled(3);
    world.vendor.answers(id(2), LATER);
    dispatch(parcel);
    assertThat(states(3))
        .containsExactly(InvitationState.SENT, InvitationState.RETRY, InvitationState.SENT);
    world.clock.advance(Duration.ofSeconds(30));

    dispatch(parcel);

    assertThat(world.vendor.given()).hasSize(3);
    assertThat(world.invitation(2).attempts()).isEqualTo(1);
  }

  @Test
  void dispatch_moreRowsThanTheWindow_claimsAtMostTwiceWhatIsInFlight() {
    world.vendor.maxBatch(1);
    String parcel = world.filled(40);
    List<Long> sending = new ArrayList<>();
    world.vendor.meanwhile(batch -> {
      synchronized (sending) {
        sending.add(
            world.invitations.countByState(BATCH).getOrDefault(InvitationState.SENDING, 0L));
      }
    });

    dispatch(parcel);

    assertThat(sending).hasSize(40).allSatisfy(claimed -> assertThat(claimed).isLessThan(9));
    assertThat(states(40)).containsOnly(InvitationState.SENT);
  }

  @Test
  void dispatch_fourWorkersOnOneParcel_sendEachRowOnce() throws Exception {
    world.vendor.maxBatch(7);
    String parcel = world.filled(400);
    try (ExecutorService workers = Executors.newFixedThreadPool(4)) {
      CountDownLatch together = new CountDownLatch(4);
      List<Future<?>> runs = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        runs.add(
            workers.submit(() -> {
              together.countDown();
              together.await();
              return world.dispatch.dispatcher().dispatch(List.of(parcel), world.deadline());
            }));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    }
    assertThat(world.vendor.references()).hasSize(400).doesNotHaveDuplicates();
    assertThat(states(400)).containsOnly(InvitationState.SENT);
  }

  @ParameterizedTest
  @EnumSource(names = {"BAD_RECIPIENT", "BAD_CONTENT", "BAD_CONFIGURATION"})
  void dispatch_refusedForGood_isFailedWithTheReason(SendCode code) {
    String parcel = world.filled(2);
    world.vendor.answers(id(1), SendResult.of(code, "550 no such mailbox"));

    dispatch(parcel);

    assertThat(states(2)).containsExactly(InvitationState.FAILED, InvitationState.SENT);
    assertThat(lastNote(1)).contains("550 no such mailbox");
    assertThat(world.parcel(parcel).state()).isEqualTo(Parcel.State.DONE);
    assertThat(world.eventCodes().contains("vendor-refuses-us"))
        .isEqualTo(code == SendCode.BAD_CONFIGURATION);
  }

  @Test
  void dispatch_transientThenAccepted_isSentAfterItsWait() {
    String parcel = world.filled(2);
    world.vendor.answers(id(1), LATER, LATER);

    dispatch(parcel);
    assertThat(world.invitation(1).notBefore())
        .isEqualTo(TestClock.START.plus(Duration.ofMinutes(1)));
    assertThat(world.parcel(parcel).state()).isEqualTo(Parcel.State.READY);
    assertThat(world.parcel(parcel).due()).isEqualTo(world.invitation(1).notBefore());
    world.clock.advance(Duration.ofMinutes(1));
    dispatch(parcel);
    world.clock.advance(Duration.ofMinutes(1));
    dispatch(parcel);

    assertThat(world.state(1)).isEqualTo(InvitationState.SENT);
    assertThat(world.invitation(1).attempts()).isEqualTo(3);
    assertThat(world.parcel(parcel).state()).isEqualTo(Parcel.State.DONE);
  }

  @Test
  void dispatch_shortRetry_staysInTheWorker() {
    String parcel = world.filled(2);
    world.vendor.answers(id(1), SendResult.of(SendCode.UNAVAILABLE, "busy"));
    world.clock.stepPerLook(Duration.ofMillis(1));

    dispatch(parcel);

    assertThat(states(2)).containsOnly(InvitationState.SENT);
    assertThat(world.invitation(1).attempts()).isEqualTo(2);
  }

  @Test
  void dispatch_throttled_costsNoAttemptAndHonoursRetryAfter() {
    world.configure("{\"maxAttempts\": 1}");
    String parcel = world.filled(1);
    SendResult throttled =
        SendResult.of(SendCode.THROTTLED, "slow down").retryAfter(Duration.ofSeconds(40));
    world.vendor.answers(id(1), throttled, throttled, throttled);
    for (int i = 1; i <= 3; i++) {
      dispatch(parcel);
      assertThat(world.state(1)).isEqualTo(InvitationState.RETRY);
      assertThat(world.invitation(1).attempts()).isZero();
      assertThat(world.invitation(1).notBefore())
          .isEqualTo(TestClock.START.plus(Duration.ofSeconds(40L * i)));
      world.clock.advance(Duration.ofSeconds(40));
    }
    dispatch(parcel);
    assertThat(world.state(1)).isEqualTo(InvitationState.SENT);
    assertThat(world.invitation(1).attempts()).isEqualTo(1);
  }

  @Test
  void dispatch_attemptsExhausted_isDead() {
    world.configure("{\"maxAttempts\": 2}");
    String parcel = world.filled(1);
    world.vendor.answers(id(1), LATER, LATER);
    dispatch(parcel);
    world.clock.advance(Duration.ofMinutes(1));
    dispatch(parcel);

    assertThat(world.state(1)).isEqualTo(InvitationState.DEAD);
    assertThat(lastNote(1)).contains("busy");
    assertThat(world.parcel(parcel).state()).isEqualTo(Parcel.State.DONE);
  }

  @Test
  void dispatch_noReply_isHeldInDoubt() {
    String parcel = world.filled(1);
    world.vendor.answers(id(1), SILENT);
    dispatch(parcel);
    world.clock.advance(Duration.ofHours(1));
    dispatch(parcel);

    assertThat(world.state(1)).isEqualTo(InvitationState.IN_DOUBT);
    assertThat(world.vendor.given()).hasSize(1);
    assertThat(world.parcel(parcel).state()).isEqualTo(Parcel.State.DONE);
  }

  @Test
  void dispatch_noReplyWhereResendIsAllowed_retriesAndEndsInDoubtAtMaxAttempts() {
    world.configure(RESEND);
    String parcel = world.filled(1);
    world.vendor.answers(id(1), SILENT.retryAfter(Duration.ofMinutes(1)), SILENT);
    dispatch(parcel);
    assertThat(world.state(1)).isEqualTo(InvitationState.RETRY);
    world.clock.advance(Duration.ofMinutes(1));
    dispatch(parcel);

    assertThat(world.state(1)).isEqualTo(InvitationState.IN_DOUBT);
    assertThat(world.vendor.given().stream().map(OutboundMessage::key).distinct()).hasSize(1);
  }

  @Test
  void dispatch_vendorThrows_holdsItsBatchOnly() {
    world.vendor.maxBatch(2);
    String parcel = world.filled(6);
    world.vendor.meanwhile(batch -> {
      if (batch.stream().anyMatch(message -> message.reference().equals(id(3)))) {
        throw new IllegalStateException("a bug, and an address: ada@example.org");
      }
    });

    assertThat(dispatch(parcel)).isEmpty();

    assertThat(states(6)).containsOnly(InvitationState.SENT, InvitationState.IN_DOUBT);
    assertThat(states(6).stream().filter(state -> state == InvitationState.IN_DOUBT)).hasSize(2);
    assertThat(lastNote(3)).contains("IllegalStateException").doesNotContain("@");
  }

  @Test
  void dispatch_wrongNumberOfResults_holdsTheBatch() {
    String parcel = world.filled(3);
    world.vendor.reshape(results -> results.subList(1, results.size()));
    dispatch(parcel);
    assertThat(states(3)).containsOnly(InvitationState.IN_DOUBT);
    assertThat(lastNote(1)).contains("lost count");
  }

  @Test
  void dispatch_deadlinePasses_putsTheRestBackWithTheirAttempt() {
    world.vendor.maxBatch(1);
    String parcel = world.filled(30);
    world.bulk.take(10);
    world.vendor.meanwhile(batch -> world.clock.advance(Duration.ofSeconds(20)));

    assertThat(dispatch(parcel)).isEmpty();

    int sent = world.vendor.given().size();
    assertThat(sent).isLessThan(30);
    Map<InvitationState, Long> counts = world.invitations.countByState(BATCH);
    assertThat(counts).containsEntry(InvitationState.SENT, (long) sent);
    assertThat(counts).doesNotContainKey(InvitationState.SENDING);
    for (int row = 1; row <= 30; row++) {
      Invitation stored = world.invitation(row);
      assertThat(stored.attempts()).isEqualTo(stored.state() == InvitationState.SENT ? 1 : 0);
    }
    assertThat(world.parcel(parcel).state()).isEqualTo(Parcel.State.READY);
    assertThat(world.bulk.take(10)).containsExactly(Hint.parcel(parcel));
  }

  @Test
  void dispatch_noTimeLeft_sendsNothing() {
    String parcel = world.filled(3);
    world.bulk.take(10);
    dispatcher.dispatch(List.of(parcel), Deadline.in(Duration.ofSeconds(10), world.clock));
    assertThat(world.vendor.given()).isEmpty();
    assertThat(states(3)).containsOnly(InvitationState.ACCEPTED);
    assertThat(world.bulk.take(10)).containsExactly(Hint.parcel(parcel));
  }

  @Test
  void dispatch_expiredAndSuppressed_areDroppedBeforeTheClaim() {
    world.configure("{\"expires\": \"PT1H\"}");
    String parcel = world.filled(3);
    world.suppressions.add("acme", world.invitation(2).hash(), "unsubscribed", TestClock.START);
    dispatch(parcel);
    assertThat(states(3))
        .containsExactly(InvitationState.SENT, InvitationState.SUPPRESSED, InvitationState.SENT);

    world.intake.accept(world.request("b2", "0", World.rows(1)));
    world.clock.advance(Duration.ofHours(1));
    dispatch("b2.0.0");

    assertThat(world.invitation("b2-000000001").state()).isEqualTo(InvitationState.EXPIRED);
    assertThat(world.vendor.given()).hasSize(2);
    assertThat(world.parcel("b2.0.0").state()).isEqualTo(Parcel.State.DONE);
  }

  @Test
  void dispatch_rowCannotBeRendered_failsAloneAmongItsNeighbours() {
    world.filled(2_000);
    Invitation victim = world.invitation(1_000);
    poison(victim);

    dispatch("b1.0.0");

    assertThat(world.state(1_000)).isEqualTo(InvitationState.FAILED);
    assertThat(lastNote(1_000)).startsWith("cannot be rendered");
    assertThat(world.invitations.countByState(BATCH)).containsEntry(InvitationState.SENT, 1_999L);
  }

  @Test
  void dispatch_unknownDispatch_failsTheRowsAndTellsOnce() {
    String parcel = world.filled(2);
    world.store("{\"id\": \"acme\", \"vendorAccounts\": {}, \"dispatches\": {}, \"feeds\": {}}");
    dispatch(parcel);
    dispatch(parcel);
    assertThat(states(2)).containsOnly(InvitationState.FAILED);
    assertThat(lastNote(1)).contains("there is no dispatch stay in account acme");
    assertThat(world.eventCodes()).containsExactly("dispatch-unconfigured");
    assertThat(world.parcel(parcel).state()).isEqualTo(Parcel.State.DONE);
  }

  @Test
  void dispatch_oneChannelsVendorUnknown_theOtherChannelGoesOut() {
    world.configure("{}", "LIVE", "no-such-vendor");
    List<Row> rows = new ArrayList<>(World.rows(2));
    rows.add(
        new Row(3, Map.of(Channel.SMS, "+4930901820"), Map.of("first_name", "Ada"), null, null));
    world.intake.accept(world.request(BATCH, "0", rows));

    dispatch("b1.0.0");

    assertThat(states(3))
        .containsExactly(InvitationState.SENT, InvitationState.SENT, InvitationState.FAILED);
    assertThat(lastNote(3)).contains("no-such-vendor");
  }

  @Test
  void dispatch_paused_sendsNothingUntilLive() {
    String parcel = world.filled(2);
    world.configure("{}", "PAUSED", "scripted-sms");
    dispatch(parcel);
    assertThat(world.vendor.given()).isEmpty();
    assertThat(world.parcel(parcel).due()).isAfter(world.clock.instant());

    world.configure("{}", "LIVE", "scripted-sms");
    world.clock.advance(Duration.ofMinutes(1));
    dispatch(parcel);
    assertThat(states(2)).containsOnly(InvitationState.SENT);
  }

  @Test
  void dispatch_repeatedAndUnknownHints_doNothing() {
    String parcel = world.filled(2);
    dispatch(parcel);
    world.cuts.arm(Integer.MAX_VALUE, Cuts.Side.BEFORE);

    assertThat(dispatcher.dispatch(List.of(parcel, "nobody"), world.deadline())).isEmpty();

    assertThat(world.cuts.steps()).containsExactly("ParcelStore.load");
    assertThat(world.vendor.given()).hasSize(2);
  }

  @Test
  void dispatch_handler_neverReturnsWithASendInFlight() throws Exception {
    String parcel = world.filled(2);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    world.vendor.meanwhile(batch -> {
      inside.countDown();
      await(release);
    });
    try (ExecutorService worker = Executors.newSingleThreadExecutor()) {
      Future<Set<String>> run = worker.submit(() -> dispatch(parcel));
      assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
      world.clock.advance(Duration.ofMinutes(10)); // long past the deadline
      assertThat(run.isDone()).isFalse();
      assertThat(states(2)).containsOnly(InvitationState.SENDING);
      release.countDown();
      run.get(); // it may ask to be delivered again
    }
    assertThat(world.vendor.inFlight()).isZero();
    assertThat(states(2)).containsOnly(InvitationState.SENT);
  }

  @Test
  void dispatch_storeFailsInTheMiddle_settlesWhatWasSent() {
    world.vendor.maxBatch(1);
    String parcel = world.filled(30);
    CountDownLatch away = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    world.vendor.meanwhile(batch -> {
      int call = calls.incrementAndGet();
      if (call == 1) {
        world.cuts.before(
            "claim",
            () -> {
              away.countDown();
              throw new IllegalStateException("the store is away");
            });
      } else if (call > 4) {
        await(away); // these are under way when the next claim fails
      }
    });

    assertThat(dispatch(parcel)).containsExactly(parcel);

    int sent = world.vendor.given().size();
    assertThat(world.invitations.countByState(BATCH))
        .containsEntry(InvitationState.SENT, (long) sent)
        .doesNotContainKey(InvitationState.SENDING);
    world.vendor.meanwhile(batch -> {});
    world.cuts.before("none", () -> {});
    dispatch(parcel);
    assertThat(world.vendor.references()).hasSize(30).doesNotHaveDuplicates();
  }

  @Test
  void dispatch_lateRefusal_filesARedriveParcelThatSendsTheRowOnce() {
    String parcel = world.filled(1);
    world.vendor.answers(id(1), LATER);
    sweepDuringTheSend();
    dispatch(parcel);
    assertThat(world.state(1)).isEqualTo(InvitationState.IN_DOUBT);
    List<String> hints = world.bulk.take(10);
    assertThat(hints).anySatisfy(hint -> assertThat(hint).contains(".late."));
    String late = Hint.parse(hints.getLast()).orElseThrow().id();

    dispatch(late);
    assertThat(world.state(1)).isEqualTo(InvitationState.SENT);
    dispatch(late, parcel);
    assertThat(world.vendor.given()).hasSize(2);
    assertThat(world.parcel(late).state()).isEqualTo(Parcel.State.DONE);
    assertThat(world.parcel(parcel).state()).isEqualTo(Parcel.State.DONE);
  }

  /** No answer is no refusal: the vendor may have it, and a redrive would use another key. */
  @Test
  void dispatch_lateNoReply_staysInDoubt() {
    world.vendor.traits(
        new VendorTraits(Duration.ofHours(1), URI.create("https://vendor.example/dedup")));
    String parcel = world.filled(1);
    world.vendor.answers(id(1), SILENT);
    sweepDuringTheSend();
    dispatch(parcel);
    assertThat(world.state(1)).isEqualTo(InvitationState.IN_DOUBT);
    assertThat(world.bulk.take(10)).noneSatisfy(hint -> assertThat(hint).contains(".late."));
  }

  @Test
  void dispatch_lateAcceptance_settlesARowInDoubt() {
    String parcel = world.filled(1);
    sweepDuringTheSend();
    dispatch(parcel);
    assertThat(world.state(1)).isEqualTo(InvitationState.SENT);
  }

  @Test
  void dispatch_noReplyAfterTheVendorsWindow_isHeld() {
    world.vendor.traits(
        new VendorTraits(Duration.ofHours(1), URI.create("https://vendor.example/dedup")));
    String parcel = world.filled(1);
    world.vendor.answers(id(1), SILENT.retryAfter(Duration.ofMinutes(59)), SILENT, SILENT);
    dispatch(parcel);
    assertThat(world.state(1)).isEqualTo(InvitationState.RETRY);
    world.clock.advance(Duration.ofMinutes(61));
    dispatch(parcel);
    assertThat(world.state(1)).isEqualTo(InvitationState.IN_DOUBT);
    assertThat(world.invitation(1).firstSent()).isEqualTo(TestClock.START);
  }

  @Test
  void dispatch_redrive_reopensOncePerNumber() {
    String parcel = world.filled(2);
    world.vendor.answers(
        id(1),
        SendResult.of(SendCode.BAD_RECIPIENT, "no"),
        SendResult.of(SendCode.BAD_RECIPIENT, "no"));
    dispatch(parcel);
    String redrive = redrive(7);
    dispatch(redrive);
    assertThat(world.state(1)).isEqualTo(InvitationState.FAILED);
    assertThat(world.vendor.references().stream().filter(id(1)::equals)).hasSize(2);
    assertThat(world.vendor.references().stream().filter(id(2)::equals)).hasSize(1);
    assertThat(world.parcel(redrive).state()).isEqualTo(Parcel.State.DONE);

    dispatch(redrive(7));
    assertThat(world.vendor.given()).hasSize(3);
    dispatch(redrive(8));
    assertThat(world.state(1)).isEqualTo(InvitationState.SENT);
    assertThat(world.vendor.given().stream().map(OutboundMessage::key).distinct()).hasSize(4);
  }

  private int redrives;

  private String redrive(long number) {
    Parcel first = world.parcel("b1.0.0");
    String name = "redrive" + redrives++;
    world.parcels.insert(
        List.of(
            new Parcel(
                name,
                first.account(),
                first.dispatch(),
                first.batch(),
                first.lane(),
                first.rows(),
                Parcel.State.READY,
                TestClock.START,
                TestClock.START,
                new Parcel.Redrive(number, Set.of(InvitationState.FAILED), null, null),
                false)));
    return name;
  }

  /** The worker is taken for gone while its send is under way. */
  private void sweepDuringTheSend() {
    world.vendor.meanwhile(batch -> {
      world.clock.advance(Duration.ofMinutes(5));
      world.dispatch.sweep().run();
      world.vendor.meanwhile(again -> {});
    });
  }

  /** Replaces a stored row's sealed value by one of another account, which does not open. */
  private void poison(Invitation victim) {
    world.replaceSealed(victim.id(), world.sealed.seal("other", "x@example.org", Map.of()));
  }

  private Set<String> dispatch(String... parcels) {
    return dispatcher.dispatch(List.of(parcels), world.deadline());
  }

  private List<InvitationState> states(int rows) {
    List<String> ids = World.rows(rows).stream().map(row -> id(row.number())).toList();
    return world.invitations.load(ids).stream()
        .sorted(Comparator.comparing(Invitation::id))
        .map(Invitation::state)
        .toList();
  }

  private String lastNote(int row) {
    return world.invitation(row).journal().getLast().note();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
