package dev.beckon.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.bed.Cuts;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.Traces;
import dev.beckon.bed.World;
import dev.beckon.events.Event;
import dev.beckon.intake.RecipientReader;
import dev.beckon.intake.Row;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.Recipient;
import dev.beckon.privacy.UnreadableException;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ErasureTest {
  private static final String ADDRESS = "zanzibara.vogel@example.org";
  private static final List<Recipient> PERSON = new RecipientReader().read(ADDRESS, null);
  private static final int STEPS_AT_MOST = 60;

  @RegisterExtension static final MongoHost HOST = new MongoHost();

  private static Row person(int number) {
    return World.row(number, ADDRESS, "Zanzibara");
  }

  /** Three batches: sent, refused by the vendor, and still waiting. */
  private static World asked() {
    World world = HOST.world();
    world.configure("{\"fatigue\": \"PT1H\"}");
    List<Row> rows = new ArrayList<>(World.rows(3));
    rows.add(person(4));
    world.intake.accept(world.request("b1", "0", rows));
    dispatch(world, "b1");
    world.clock.advance(Duration.ofHours(2));
    world.vendor.answers(
        Invitation.id("b2", 1),
        SendResult.of(SendCode.BAD_RECIPIENT, "no such mailbox " + ADDRESS));
    world.intake.accept(world.requestNow("b2", List.of(person(1))));
    dispatch(world, "b2");
    world.intake.accept(world.requestNow("b3", List.of(person(1), World.row(2, "a@example.org"))));
    return world;
  }

  private static void dispatch(World world, String batch) {
    world.dispatch.dispatcher().dispatch(List.of(batch + ".0.0"), world.deadline());
  }

  /** What leads to the person, read before anything is erased. */
  private static Traces traces(World world) {
    Map<String, String> secrets = new LinkedHashMap<>();
    secrets.put("address", ADDRESS);
    secrets.put("name", "Zanzibara");
    secrets.put("hash", world.hasher.hash(PERSON.getFirst()).substring(3));
    world
        .invitations
        .byHash(world.hasher.all(PERSON.getFirst()), "", 100)
        .forEach(row -> secrets.put("token of " + row.id(), row.token()));
    return new Traces(secrets);
  }

  /** Where the database shows the person, sealed values opened. */
  private static List<String> found(World world, Traces traces) {
    List<String> found = new ArrayList<>();
    world
        .dump()
        .forEach((place, bytes) -> traces.in(bytes).forEach(t -> found.add(place + " " + t)));
    for (String batch : List.of("b1", "b2", "b3", "b4")) {
      for (int row = 1; row <= 4; row++) {
        for (Invitation stored : world.invitations.load(List.of(Invitation.id(batch, row)))) {
          traces.in(opened(world, stored)).forEach(t -> found.add(stored.id() + " sealed " + t));
        }
      }
    }
    return found;
  }

  private static String opened(World world, Invitation row) {
    try {
      var opened = world.sealed.open(row.account(), row.sealed());
      return opened.address() + " " + opened.fields();
    } catch (UnreadableException e) {
      return "";
    }
  }

  private static void assertErased(World world, Traces traces) {
    world.erasure.run();
    world.clock.advance(Duration.ofHours(2));
    world.erasure.run();
    assertThat(found(world, traces))
        .hasSize(1)
        .allSatisfy(place -> assertThat(place).startsWith("suppressions/").endsWith("hash plain"));
    assertThat(world.suppressions.among("acme", world.hasher.all(PERSON.getFirst()))).hasSize(1);
  }

  private static Map<String, Long> rows(World world) {
    Map<String, Long> rows = new HashMap<>();
    for (String batch : List.of("b1", "b2", "b3")) {
      long sum =
          world.invitations.countByState(batch).values().stream().mapToLong(Long::longValue).sum();
      rows.put(batch, sum);
    }
    return rows;
  }

  @Test
  void look_changesNothing_andTellsWhatThereIs() {
    try (World world = asked()) {
      Traces traces = traces(world);
      List<String> before = found(world, traces);
      Erasure.Found look = world.erasure.look("acme", PERSON);

      assertThat(look.states())
          .isEqualTo(
              Map.of(
                  "b1", Map.of(InvitationState.SENT, 1L),
                  "b2", Map.of(InvitationState.FAILED, 1L),
                  "b3", Map.of(InvitationState.ACCEPTED, 1L)));
      assertThat(found(world, traces)).isEqualTo(before).hasSizeGreaterThan(8);
    }
  }

  @Test
  void erase_personAskedThreeTimes_leavesTheHashOfTheSuppressionOnly_andSumsHold() {
    try (World world = asked()) {
      Traces traces = traces(world);
      Map<String, Long> before = rows(world);
      String token = world.invitation(Invitation.id("b1", 4)).token();
      Erasure.Found found = world.erasure.erase("acme", PERSON, "anna");

      assertThat(found.rows()).isEqualTo(3);
      assertErased(world, traces);
      assertThat(rows(world)).isEqualTo(before);
      assertThat(world.invitations.countByState("b3"))
          .isEqualTo(Map.of(InvitationState.SUPPRESSED, 1L, InvitationState.ACCEPTED, 1L));
      assertThat(world.invitations.byToken(token)).isEmpty();
      assertThat(world.invitation(Invitation.id("b1", 4)).journal())
          .extracting(entry -> entry.state() + entry.note())
          .containsExactly("ACCEPTED", "SENDING", "SENT");
      assertThat(world.invitation(Invitation.id("b1", 1)).token()).hasSize(22);
      assertThat(opened(world, world.invitation(Invitation.id("b1", 1)))).contains("guest1@");
    }
  }

  @Test
  void erase_thenDroppedAgain_isSuppressedAndKeepsNoAddress() {
    try (World world = asked()) {
      world.erasure.erase("acme", PERSON, "anna");
      world.clock.advance(Duration.ofDays(2));
      world.intake.accept(
          world.requestNow(
              "b4", List.of(World.row(1, "Zanzibara.Vogel@EXAMPLE.org", "Zanzibara"))));
      dispatch(world, "b4");

      Invitation again = world.invitation(Invitation.id("b4", 1));
      assertThat(again.state()).isEqualTo(InvitationState.SUPPRESSED);
      assertThat(again.sealed().isNone()).isTrue();
      assertThat(world.vendor.references()).doesNotContain(again.id());
    }
  }

  @Test
  void erase_cutAtAnyStep_isFinishedByTheTimerOrByARepeat() {
    int cuts = 0;
    for (Cuts.Side side : Cuts.Side.values()) {
      for (int step = 0; step < STEPS_AT_MOST; step++) {
        try (World world = asked()) {
          Traces traces = traces(world);
          world.cuts.arm(step, side);
          boolean cut = false;
          try {
            world.erasure.erase("acme", PERSON, "anna");
          } catch (Cuts.Cut e) {
            cut = true;
          }
          world.cuts.disarm();
          if (!cut) {
            break;
          }
          cuts++;
          if (world.erasures.open(1).isEmpty()) {
            assertThat(step).as("only a cut before anything was done leaves no order").isZero();
            world.erasure.erase("acme", PERSON, "anna");
          } else if (step % 2 == 0) {
            world.erasure.erase("acme", PERSON, "anna");
          } else {
            world.erasure.run();
          }
          assertErased(world, traces);
        }
      }
    }
    assertThat(cuts).isBetween(20, 2 * STEPS_AT_MOST - 1);
  }

  @Test
  void erase_rowBeingSent_settlesAsSentAndIsErasedByTheTimer() {
    try (World world = HOST.world()) {
      world.intake.accept(world.request("b1", "0", List.of(person(1))));
      Traces traces = traces(world);
      List<Erasure.Found> found = new ArrayList<>();
      world.vendor.meanwhile(batch -> found.add(world.erasure.erase("acme", PERSON, "anna")));
      dispatch(world, "b1");

      assertThat(found.getFirst().underWay()).isEqualTo(1);
      assertThat(world.invitation(Invitation.id("b1", 1)).state()).isEqualTo(InvitationState.SENT);
      assertThat(found(world, traces)).hasSizeGreaterThan(2);
      assertErased(world, traces);
    }
  }

  @Test
  void erase_whileAnIntakeRuns_doesNotBringThePersonBack() {
    for (String step : List.of("insert", "take", "countStates", "ready")) {
      try (World world = HOST.world()) {
        world.cuts.before(step, () -> world.erasure.erase("acme", PERSON, "anna"));
        world.intake.accept(
            world.request("b1", "0", List.of(person(1), World.row(2, "b@example.org"))));
        Traces traces = traces(world);
        dispatch(world, "b1");

        assertThat(world.vendor.references()).containsExactly(Invitation.id("b1", 2));
        assertErased(world, traces);
      }
    }
  }

  @Test
  void erase_number_coversItsTextsAndCalls() {
    try (World world = HOST.world()) {
      world.intake.accept(
          world.request(
              "b1",
              "0",
              List.of(
                  new Row(
                      1,
                      Map.of(Channel.SMS, "0151 23456789"),
                      Map.of("first_name", "Zanzibara"),
                      null,
                      "DE"))));
      Erasure.Found found =
          world.erasure.erase("acme", new RecipientReader().read("+49 151 23456789", null), "anna");

      assertThat(found.rows()).isEqualTo(1);
      assertThat(world.invitation(Invitation.id("b1", 1)).sealed().isNone()).isTrue();
    }
  }

  @Test
  void erase_event_namesWhoAndHowManyAndNobody() {
    try (World world = asked()) {
      Traces traces = traces(world);
      world.erasure.erase("acme", PERSON, "anna");

      Event event =
          world.events.newest(10).stream()
              .filter(written -> written.code().equals("recipient-erased"))
              .findFirst()
              .orElseThrow();
      assertThat(event.message()).contains("by order of anna", "3 invitations in 3 batches");
      assertThat(traces.in(event.toString())).isEmpty();
    }
  }

  @Test
  void erase_fromOneAccount_leavesTheOther() {
    try (World world = asked()) {
      Erasure.Found none = world.erasure.erase("other", PERSON, "anna");

      assertThat(none.rows()).isZero();
      assertThat(world.erasure.look("acme", PERSON).rows()).isEqualTo(3);
      assertThat(world.suppressions.among("acme", world.hasher.all(PERSON.getFirst()))).isEmpty();
    }
  }

  @Test
  void files_ofTheImportsThatHeldThePerson_areListed_andDeletedOnceEnded() {
    try (World world = HOST.world()) {
      String key = "stays/incoming/guests.csv";
      String csv = "email,first_name\n" + ADDRESS + ",Zanzibara\nbroken,Bo\n";
      world.objects.write(key, csv.getBytes(StandardCharsets.UTF_8));
      world.fileDrop.fileDrop().created(key, world.deadline());
      String id = world.imports.newest(1).getFirst().id();
      String chunk = world.chunks.take(1).getFirst().replace("chunk/", "");
      world.cuts.before(
          "acceptChunk",
          () -> {
            Erasure.Found early = world.erasure.look("acme", PERSON);
            assertThat(early.files().getFirst().ended()).isFalse();
            world.erasure.deleteFiles(early);
            assertThat(world.objects.list()).containsKey(key);
          });
      world.fileDrop.chunkIntake().accept(chunk);
      Erasure.Found found = world.erasure.erase("acme", PERSON, "anna");

      assertThat(found.files().getFirst().keys())
          .containsExactlyInAnyOrder(
              "stays/processed/" + id + "-guests.csv",
              "stays/rejected/" + id + "-guests.csv.csv",
              ".beckon/chunks/" + id + "/0",
              ".beckon/refusals/" + id + "/0");
      assertThat(world.erasure.look("acme", PERSON).files()).isEqualTo(found.files());
      world.erasure.deleteFiles(found);
      assertThat(world.objects.list()).isEmpty();
    }
  }
}
