package dev.beckon.filedrop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.bed.Cuts;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import dev.beckon.events.Event;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.Recipient;
import dev.beckon.parcel.BatchGates;
import dev.beckon.parcel.Hint;
import dev.beckon.parcel.Parcel;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What operators do with imports: nothing goes out that must not, whatever is cut off when. */
class ImportOperationsTest {
  private static final String KEY = "stays/incoming/guests.csv";
  private static final String FILE =
      "Email,First Name\na@example.org,Ada\nnobody,Grace\nb@example.org,Ben\nc@example.org,Carl\n";

  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private final World world = MONGO.world();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void cancel_beforeAnythingIsSent_cancelsEveryRowForGood() {
    Import dropped = accepted(world);

    ImportCancel.Result result = cancel(world, dropped.id());
    dispatch(world);

    assertThat(result).isEqualTo(new ImportCancel.Result(0, 3, 0, 0, ""));
    assertThat(world.vendor.given()).isEmpty();
    assertThat(world.invitations.countByState(dropped.id()))
        .containsOnly(Map.entry(InvitationState.CANCELLED, 3L));
    assertThat(find(world, dropped.id()).state()).isEqualTo(Import.State.CANCELLED);
    assertThat(find(world, dropped.id()).problem()).isEqualTo("cancelled by ann");
    assertThat(world.parcel(dropped.id() + ".0.0").state()).isEqualTo(Parcel.State.DONE);
    assertThat(world.eventCodes()).contains("import-cancelled");
  }

  @Test
  void cancel_inTheMiddle_listsWhoGotItAndStopsARetry() throws IOException {
    Import dropped = accepted(world);
    world.vendor.maxBatch(1);
    String first = Invitation.id(dropped.id(), 2);
    String second = Invitation.id(dropped.id(), 4);
    world.vendor.answers(
        second, SendResult.of(SendCode.UNAVAILABLE, "busy"), SendResult.accepted("never"));
    world.vendor.meanwhile(batch -> {
      if (batch.getFirst().reference().equals(second)) {
        cancel(world, dropped.id());
      }
    });
    world.clock.stepPerLook(Duration.ofMillis(200));

    dispatch(world);

    assertThat(world.vendor.references()).doesNotHaveDuplicates();
    assertThat(world.invitation(second).state()).isEqualTo(InvitationState.CANCELLED);
    ImportCancel.Result again = cancel(world, dropped.id());
    assertThat(again.sent() + again.cancelled()).isEqualTo(3);
    assertThat(again.underWay()).isZero();
    assertThat(text(world, dropped.cancelledKey()))
        .startsWith("row,invitation,state,since")
        .contains("2," + first + ",SENT,2026-")
        .doesNotContain("example.org", second);
    assertThat(world.eventCodes().stream().filter("import-cancelled"::equals)).hasSize(1);
  }

  @Test
  void cancel_whileAChunkIsAccepted_itsRowsAreDroppedByDispatch() {
    world.objects.write(KEY, FILE.getBytes(StandardCharsets.UTF_8));
    world.fileDrop.fileDrop().created(KEY, world.deadline());
    String id = only(world).id();
    world.cuts.before("ready", () -> cancel(world, id));
    workOff(world);
    dispatch(world);

    assertThat(world.vendor.given()).isEmpty();
    assertThat(world.invitations.countByState(id))
        .containsOnly(Map.entry(InvitationState.CANCELLED, 3L));
    assertThat(world.eventCodes()).doesNotContain("import-accepted");
    assertThat(find(world, id).state()).isEqualTo(Import.State.CANCELLED);
  }

  @Test
  void cancel_released_freesTheFeedForItsNextFile() {
    world.objects.write(KEY, FILE.getBytes(StandardCharsets.UTF_8));
    world.fileDrop.fileDrop().created(KEY, world.deadline());
    String first = only(world).id();
    world.clock.advance(Duration.ofSeconds(1));
    drop(world, "stays/incoming/next.csv", "email,first_name\nd@example.org,Dora\n");
    cancel(world, first);
    workOff(world);

    assertThat(world.imports.newest(2).stream().map(Import::state))
        .containsExactly(Import.State.ACCEPTED, Import.State.CANCELLED);
    assertThat(world.objects.list())
        .containsKey(find(world, first).processedKey())
        .doesNotContainKey(KEY);
    assertThat(world.invitations.countByState(first)).isEmpty();
  }

  @Test
  void cancel_refusedOrUnknown_isRefusedInWords() {
    drop(world, KEY, "name\nAda\n");

    assertThatThrownBy(() -> cancel(world, only(world).id()))
        .isInstanceOf(ImportOperationException.class)
        .hasMessageContaining("nothing to cancel");
    assertThatThrownBy(() -> cancel(world, "imp1"))
        .hasMessageContaining("there is no import imp1", "imports list");
    assertThat(world.gates.among(List.of(only(world).id()))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Cuts.Side.class)
  void cancel_cutAtEveryStep_isHealedByRunningItAgain(Cuts.Side side) throws IOException {
    for (int step = 0; ; step++) {
      try (World fresh = MONGO.world()) {
        Import dropped = accepted(fresh);
        fresh.cuts.arm(step, side);
        attempt(() -> cancel(fresh, dropped.id()));
        boolean cut = fresh.cuts.disarm();
        String where = "cut " + side + " step " + step;
        boolean gateWritten = step > 1 || (step == 1 && side == Cuts.Side.AFTER);
        if (gateWritten) { // from here on nothing goes out, though the command never came to its
          // end
          dispatch(fresh);
          assertThat(fresh.vendor.given()).as(where).isEmpty();
        }
        cancel(fresh, dropped.id());
        dispatch(fresh);

        assertThat(fresh.vendor.given()).as(where).isEmpty();
        assertThat(fresh.invitations.countByState(dropped.id()))
            .as(where)
            .containsOnly(Map.entry(InvitationState.CANCELLED, 3L));
        assertThat(find(fresh, dropped.id()).state()).as(where).isEqualTo(Import.State.CANCELLED);
        assertThat(fresh.eventCodes().stream().filter("import-cancelled"::equals))
            .as(where)
            .hasSize(1);
        if (!cut) {
          assertThat(step).isGreaterThan(6);
          return;
        }
      }
    }
  }

  @Test
  void approve_heldImport_waitsAndThenGoesOutAtOnce() {
    world.configureFeed("\"approve\": true");
    Import dropped = accepted(world);
    dispatch(world);
    assertThat(world.vendor.given()).isEmpty();
    assertThat(world.fileDrop.importFigures().list(null, null, 9))
        .extracting(ImportFigures.Line::held)
        .containsExactly(true);

    int woken = world.fileDrop.importApproval().approve(dropped.id(), "ann");
    dispatch(world);

    assertThat(woken).isEqualTo(1);
    assertThat(world.vendor.given()).hasSize(3);
    ImportFigures.Standing end = world.fileDrop.importFigures().of(dropped.id());
    assertThat(end.held()).isFalse();
    assertThat(end.percent()).isEqualTo(100);
    assertThat(end.refused()).isEqualTo(Map.of("email-no-at", 1));
    assertThat(world.eventCodes()).contains("import-approved");
  }

  @Test
  void approve_cancelledOrNeverHeld_isRefusedInWords() {
    Import free = accepted(world);
    assertThatThrownBy(() -> world.fileDrop.importApproval().approve(free.id(), "ann"))
        .hasMessageContaining("waits for no approval");
    cancel(world, free.id());
    assertThatThrownBy(() -> world.fileDrop.importApproval().approve(free.id(), "ann"))
        .hasMessageContaining("was cancelled");
    assertThat(world.gates.among(List.of(free.id()))).containsValue(BatchGates.State.CANCELLED);
  }

  @ParameterizedTest
  @EnumSource(Cuts.Side.class)
  void approve_cutAtEveryStep_isHealedByRunningItAgain(Cuts.Side side) {
    for (int step = 0; ; step++) {
      try (World fresh = MONGO.world()) {
        fresh.configureFeed("\"approve\": true");
        Import dropped = accepted(fresh);
        dispatch(fresh);
        fresh.cuts.arm(step, side);
        attempt(() -> fresh.fileDrop.importApproval().approve(dropped.id(), "ann"));
        boolean cut = fresh.cuts.disarm();
        fresh.fileDrop.importApproval().approve(dropped.id(), "ann");
        dispatch(fresh);

        String where = "cut " + side + " step " + step;
        assertThat(fresh.vendor.references()).as(where).hasSize(3).doesNotHaveDuplicates();
        assertThat(fresh.eventCodes().stream().filter("import-approved"::equals))
            .as(where)
            .hasSize(1);
        if (!cut) {
          assertThat(step).isGreaterThan(5);
          return;
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Cuts.Side.class)
  void force_cutAtEveryStep_runsTheSameContentOnceMore(Cuts.Side side) {
    for (int step = 0; ; step++) {
      try (World fresh = MONGO.world()) {
        accepted(fresh);
        fresh.clock.advance(Duration.ofSeconds(1));
        drop(fresh, "stays/incoming/again.csv", FILE);
        workOff(fresh);
        String refused = fresh.imports.newest(1).getFirst().id();
        assertThat(find(fresh, refused).problem()).contains("./beckon imports force " + refused);
        fresh.cuts.arm(step, side);
        attempt(() -> fresh.fileDrop.importForce().force(refused, "ann"));
        boolean cut = fresh.cuts.disarm();
        String forced = fresh.fileDrop.importForce().force(refused, "ann");
        workOff(fresh);
        dispatch(fresh);

        String where = "cut " + side + " step " + step;
        Import done = find(fresh, forced);
        assertThat(done.state()).as(where).isEqualTo(Import.State.ACCEPTED);
        assertThat(done.fileName()).as(where).isEqualTo("again.csv");
        assertThat(fresh.objects.list())
            .as(where)
            .containsKeys(done.processedKey(), done.refusedRowsKey());
        assertThat(fresh.invitations.countByState(forced))
            .as(where)
            .containsOnly(Map.entry(InvitationState.SENT, 3L));
        assertThat(fresh.vendor.references()).as(where).hasSize(6).doesNotHaveDuplicates();
        assertThat(fresh.eventCodes().stream().filter("import-forced"::equals))
            .as(where)
            .hasSize(1);
        if (!cut) {
          assertThat(step).isGreaterThan(4);
          return;
        }
      }
    }
  }

  @Test
  void force_withinTheFatigueWindow_stillLeavesPeopleAlone() {
    world.configure("{\"fatigue\": \"P30D\"}");
    accepted(world);
    world.clock.advance(Duration.ofSeconds(1));
    drop(world, "stays/incoming/again.csv", FILE);
    String forced =
        world.fileDrop.importForce().force(world.imports.newest(1).getFirst().id(), "ann");
    workOff(world);

    assertThat(world.invitations.countByState(forced))
        .containsOnly(Map.entry(InvitationState.TOO_SOON, 3L));
    assertThatThrownBy(() -> world.fileDrop.importForce().force(forced, "ann"))
        .hasMessageContaining("was not refused");
  }

  @Test
  void check_file_reportsAndStoresNothing() throws IOException {
    String key = "stays/check/guests.csv";
    world.suppressions.add("acme", hash("c@example.org"), "unsubscribed", world.clock.instant());
    drop(
        world,
        key,
        "Email,First Name,Shoe Size\na@example.org,<b>Ada,38\nnobody,Grace,40\n"
            + "a@example.org,Ada,38\nc@example.org,Carl,44\nd@example.org,Dora,39\n");
    workOff(world);

    Import checked = only(world);
    assertThat(checked.state()).isEqualTo(Import.State.CHECKED);
    assertThat(checked.totals().refused()).isEqualTo(Map.of("email-no-at", 1));
    assertThat(checked.totals().stored())
        .isEqualTo(Map.of("ACCEPTED", 2, "DUPLICATE", 1, "SUPPRESSED", 1));
    assertThat(world.invitations.countByState(checked.id())).isEmpty();
    assertThat(world.bulk.size() + world.chunks.size()).isZero();
    assertThat(world.imports.chunks(checked.id())).isEmpty();
    assertThat(world.objects.list().keySet())
        .containsExactlyInAnyOrder(
            checked.processedKey(), checked.reportKey(), checked.reportTextKey());
    assertThat(text(world, checked.reportKey()))
        .contains("&lt;b&gt;Ada", "https://survey.example/sample-token", "Shoe Size")
        .contains("nothing: it is not stored", "field first_name")
        .doesNotContain("<b>Ada", "nobody");
    assertThat(world.fileDrop.importFigures().report(checked).orElseThrow())
        .contains("row 3, email:", "<b>Ada", "would be   DUPLICATE 1")
        .doesNotContain("nobody");
    assertThat(world.eventCodes()).containsExactly("import-checked", "import-started");
  }

  @Test
  void check_file_doesNotClaimItsContent() {
    world.configureFeed("\"checkOnly\": true");
    drop(world, KEY, FILE);
    assertThat(only(world).state()).isEqualTo(Import.State.CHECKED);
    world.configure("{}");
    world.clock.advance(Duration.ofSeconds(1));
    drop(world, KEY, FILE);
    workOff(world);

    assertThat(world.imports.newest(1).getFirst().state()).isEqualTo(Import.State.ACCEPTED);
  }

  @Test
  void missedFiles_fileWithoutEvent_isFoundAfterTenMinutesAndImported() {
    world.objects.write(KEY, FILE.getBytes(StandardCharsets.UTF_8));
    world.fileDrop.missedFiles().run();
    assertThat(world.imports.newest(9)).isEmpty();
    world.clock.advance(Duration.ofMinutes(11));
    world.fileDrop.missedFiles().run(); // the folder was looked through eleven minutes ago
    assertThat(world.imports.newest(9)).isEmpty();
    world.clock.advance(Duration.ofMinutes(5));
    world.fileDrop.missedFiles().run();
    workOff(world);

    assertThat(only(world).state()).isEqualTo(Import.State.ACCEPTED);
    assertThat(world.events.newest(9).stream().map(Event::code))
        .contains("object-event-missed", "import-accepted");
  }

  @Test
  void missedFiles_knownFileThatWaits_isLeftAlone() {
    world.objects.write(KEY, FILE.getBytes(StandardCharsets.UTF_8));
    world.imports.lock(
        "stays", "other", world.clock.instant(), world.clock.instant().plusSeconds(9_999));
    world.fileDrop.fileDrop().created(KEY, world.deadline());
    world.clock.advance(Duration.ofMinutes(30));
    world.fileDrop.missedFiles().run();

    assertThat(world.files.size()).isZero();
    assertThat(world.eventCodes()).isEmpty();
  }

  private String hash(String email) {
    return world.hasher.hash(new Recipient(Channel.EMAIL, email));
  }

  private static ImportCancel.Result cancel(World world, String id) {
    return world.fileDrop.importCancel().cancel(id, "ann");
  }

  private static Import accepted(World world) {
    return accepted(world, KEY, FILE);
  }

  private static Import accepted(World world, String key, String content) {
    drop(world, key, content);
    workOff(world);
    return world.imports.newest(1).getFirst();
  }

  private static void drop(World world, String key, String content) {
    world.objects.write(key, content.getBytes(StandardCharsets.UTF_8));
    world.fileDrop.fileDrop().created(key, world.deadline());
  }

  private static void workOff(World world) {
    while (world.files.size() + world.chunks.size() > 0) {
      world.files.take(9).forEach(h -> world.fileDrop.fileDrop().run(id(h), world.deadline()));
      world.chunks.take(9).forEach(h -> world.fileDrop.chunkIntake().accept(id(h)));
    }
  }

  private static void dispatch(World world) {
    List<String> parcels = world.bulk.take(99).stream().map(ImportOperationsTest::id).toList();
    assertThat(world.dispatch.dispatcher().dispatch(parcels, world.deadline())).isEmpty();
  }

  private static void attempt(Runnable work) {
    try {
      work.run();
    } catch (Cuts.Cut expected) {
      // this run is gone
    }
  }

  private static String id(String hint) {
    return Hint.parse(hint).orElseThrow().id();
  }

  private static Import find(World world, String id) {
    return world.imports.find(id).orElseThrow();
  }

  private static Import only(World world) {
    List<Import> all = world.imports.newest(9);
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private static String text(World world, String key) throws IOException {
    return new String(world.objects.read(key).orElseThrow().readAllBytes(), StandardCharsets.UTF_8);
  }
}
