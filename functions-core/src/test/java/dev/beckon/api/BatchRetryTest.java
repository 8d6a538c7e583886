package dev.beckon.api;

import static dev.beckon.api.BatchDoor.bodyOf;
import static dev.beckon.api.BatchDoor.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.batch.BatchParts;
import dev.beckon.bed.Cuts;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.TestClock;
import dev.beckon.bed.World;
import dev.beckon.intake.Intake;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.memory.MemoryBatchGates;
import dev.beckon.memory.MemoryBatchStore;
import dev.beckon.memory.MemoryContacts;
import dev.beckon.memory.MemoryInvitationStore;
import dev.beckon.memory.MemoryParcelStore;
import dev.beckon.memory.MemorySuppressions;
import dev.beckon.pace.RateAdmission;
import dev.beckon.parcel.Lane;
import dev.beckon.parcel.Nudger;
import dev.beckon.telemetry.Metric;
import dev.beckon.web.WebReply;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A request that is sent again: the same invitations, whatever became of the first one. */
class BatchRetryTest {
  @RegisterExtension static final MongoHost HOST = new MongoHost();

  /** More than any run has; the loop ends itself. */
  private static final int MOST_STEPS = 60;

  private World world;
  private BatchDoor door;

  @BeforeEach
  void start() {
    world = HOST.world();
    door = new BatchDoor(world);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  private static List<String> ids(JsonNode receipt) {
    List<String> ids = new ArrayList<>();
    receipt.path("invitations").forEach(one -> ids.add(one.path("id").asText()));
    return ids;
  }

  @Test
  void create_tenThousandRows_areStoredInOneReceipt_whichIsReplayed() {
    // The embedded server looks through all contacts for each row, which is too slow for so many.
    BatchParts inMemory = inMemory();
    isOneReceiptAndReplayed(new BatchDoor(world, inMemory), 10_000, inMemory.invitations());
  }

  @Test
  void create_oneRowOrManyOfOneParcel_goesToTheStoreTenTimes() {
    door.send("k1", bodyOf(1));
    for (int rows : List.of(1, 100)) {
      world.cuts.arm(Integer.MAX_VALUE, Cuts.Side.BEFORE);

      assertThat(door.send("k-" + rows, bodyOf(rows)).status()).isEqualTo(202);

      assertThat(world.cuts.steps())
          .containsExactly(
              "BatchStore.insert",
              "Suppressions.among",
              "ParcelStore.insert",
              "InvitationStore.insert",
              "Contacts.take",
              "ParcelStore.ready",
              "WorkQueue.send",
              "ParcelStore.nudged",
              "InvitationStore.standings",
              "BatchStore.finish");
    }
  }

  @Test
  void create_fiveHundredRowsOnTheServer_areStoredInOneReceipt_whichIsReplayed() {
    isOneReceiptAndReplayed(door, 500, world.invitations);
  }

  private void isOneReceiptAndReplayed(BatchDoor door, int rows, InvitationStore invitations) {
    String body = bodyOf(rows);

    WebReply first = door.send("k1", body);
    WebReply again = door.send("k1", body);

    assertThat(first.status()).isEqualTo(202);
    JsonNode receipt = json(first);
    assertThat(receipt.path("rows").asInt()).isEqualTo(rows);
    assertThat(receipt.path("accepted").asInt()).isEqualTo(rows);
    assertThat(receipt.path("states")).isEqualTo(json("{\"ACCEPTED\":" + rows + "}"));
    assertThat(new HashSet<>(ids(receipt))).hasSize(rows);
    assertThat(receipt.path("invitations").path(rows - 1).path("reference").asText())
        .isEqualTo("order " + (rows - 1));
    String batch = receipt.path("batch").asText();
    assertThat(first.headers())
        .containsEntry("Location", "/v1/batches/" + batch)
        .doesNotContainKey("Idempotency-Replayed");
    assertThat(door.stored(batch)).isEqualTo(rows);
    assertThat(invitations.load(ids(receipt)))
        .hasSize(rows)
        .allMatch(row -> row.state() == InvitationState.ACCEPTED && row.reference() != null);

    assertThat(again.status()).isEqualTo(202);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.headers()).containsEntry("Idempotency-Replayed", "true");
    assertThat(world.meter.count(Metric.ACCEPTED)).isEqualTo(rows);
  }

  private BatchParts inMemory() {
    MemoryInvitationStore invitations = new MemoryInvitationStore();
    MemoryParcelStore parcels = new MemoryParcelStore();
    SecureRandom random = new SecureRandom();
    Intake intake =
        new Intake(
            invitations,
            parcels,
            new MemorySuppressions(),
            new MemoryContacts(),
            world.hasher,
            world.sealed,
            new Nudger(
                parcels,
                Map.of(Lane.PRIORITY, world.priority, Lane.BULK, world.bulk),
                new RateAdmission(world.accounts),
                world.clock),
            random,
            world.clock);
    return new BatchParts(
        world.accounts,
        new MemoryBatchStore(),
        intake,
        invitations,
        new MemoryBatchGates(),
        world.events,
        world.hasher,
        world.batches.requests(),
        random,
        world.clock,
        world.batches.telemetry());
  }

  private static JsonNode json(String text) {
    return BatchDoor.json(new WebReply(200, "application/json", text, Map.of()));
  }

  private static JsonNode json(WebReply reply) {
    return BatchDoor.json(reply);
  }

  @Test
  void create_sameKeyOtherBody_isRefused_andOtherDispatchesAndKeysAreNot() {
    WebReply first = door.send("k1", bodyOf(1));
    WebReply other = door.send("k1", bodyOf(2));

    assertThat(other.status()).isEqualTo(422);
    assertThat(json(other).path("code").asText()).isEqualTo("idempotency-key-reused");
    WebReply second = door.send("k2", bodyOf(2));
    assertThat(second.status()).isEqualTo(202);
    assertThat(json(second).path("batch")).isNotEqualTo(json(first).path("batch"));
  }

  @Test
  void create_withoutAKey_isANewBatchEachTime() {
    WebReply first = door.post(BatchDoor.INVITATIONS, bodyOf(1));
    WebReply second = door.post(BatchDoor.INVITATIONS, bodyOf(1));

    assertThat(List.of(first.status(), second.status())).containsExactly(202, 202);
    assertThat(json(first).path("batch")).isNotEqualTo(json(second).path("batch"));
  }

  @Test
  void create_twoAtOnce_areAcceptedAndInProgress() {
    List<WebReply> second = new ArrayList<>();
    world.cuts.before("standings", () -> second.add(door.send("k1", bodyOf(3))));

    WebReply first = door.send("k1", bodyOf(3));

    assertThat(first.status()).isEqualTo(202);
    assertThat(second)
        .singleElement()
        .satisfies(reply -> {
          assertThat(reply.status()).isEqualTo(409);
          assertThat(json(reply).path("code").asText()).isEqualTo("in-progress");
          assertThat(reply.headers()).containsEntry("Retry-After", "60");
        });
    assertThat(door.send("k1", bodyOf(3)).body()).isEqualTo(first.body());
  }

  @Test
  void create_twoMeetAtTheirClaim_oneIsInProgress() {
    List<WebReply> second = new ArrayList<>();
    world.cuts.before("insert", () -> second.add(door.send("k1", bodyOf(3))));

    WebReply first = door.send("k1", bodyOf(3));

    assertThat(List.of(first.status(), second.getFirst().status())).containsExactly(202, 202);
    assertThat(first.headers()).containsEntry("Idempotency-Replayed", "true");
    assertThat(first.body()).isEqualTo(second.getFirst().body());
  }

  @Test
  void create_holderFrozenPastItsHold_bothAnswerTheSameReceipt() {
    List<WebReply> second = new ArrayList<>();
    world.cuts.before(
        "standings",
        () -> {
          world.clock.advance(Duration.ofSeconds(61));
          second.add(door.send("k1", bodyOf(5)));
        });

    WebReply first = door.send("k1", bodyOf(5));

    assertThat(second.getFirst().status()).isEqualTo(202);
    assertThat(first.status()).isEqualTo(202);
    assertThat(first.body()).isEqualTo(second.getFirst().body());
    assertThat(json(first).path("acceptedAt").asText()).isEqualTo(TestClock.START.toString());
    assertThat(door.stored(json(first).path("batch").asText())).isEqualTo(5);
    assertThat(world.meter.count(Metric.ACCEPTED)).isEqualTo(5);
  }

  @ParameterizedTest
  @EnumSource(Cuts.Side.class)
  void create_killedAtEveryStep_retryStoresEveryRowOnceUnderTheSameIds(Cuts.Side side) {
    int killed = 0;
    for (int step = 0; step < MOST_STEPS; step++) {
      String key = side + "-" + step;
      String body = rowsOf(key);
      world.cuts.kill(step, side);
      WebReply first = door.send(key, body);
      if (!world.cuts.disarm()) {
        assertThat(first.status()).isEqualTo(202);
        assertThat(killed).isGreaterThan(8);
        return;
      }
      killed++;
      assertThat(first.status()).isIn(202, 500);
      WebReply soon = door.send(key, body);
      assertThat(soon.status()).as(key).isIn(202, 409);
      world.clock.advance(Duration.ofSeconds(61));
      WebReply retry = door.send(key, body);

      assertThat(retry.status()).as(key).isEqualTo(202);
      JsonNode receipt = json(retry);
      String batch = receipt.path("batch").asText();
      assertThat(ids(receipt))
          .isEqualTo(IntStream.range(0, 4).mapToObj(row -> Invitation.id(batch, row)).toList());
      assertThat(receipt.path("states").path("ACCEPTED").asInt()).as(key).isEqualTo(3);
      assertThat(receipt.path("states").path("DUPLICATE").asInt()).as(key).isEqualTo(1);
      assertThat(receipt.path("errors")).hasSize(1);
      assertThat(door.stored(batch)).isEqualTo(4);
      if (soon.status() == 202) {
        assertThat(soon.body()).isEqualTo(retry.body());
      }
      assertThat(door.send(key, body).body()).isEqualTo(retry.body());
      Set<String> readyRows = new HashSet<>();
      world.parcels.readyOf(batch, "", 10).forEach(parcel -> readyRows.addAll(parcel.ids()));
      assertThat(readyRows).as(key).hasSize(4);
    }
    throw new AssertionError("more than " + MOST_STEPS + " steps");
  }

  /** Three to be sent, one of them twice, and one that is refused. */
  private static String rowsOf(String key) {
    String name = key.toLowerCase(Locale.ROOT);
    return BatchDoor.body(
        BatchDoor.row("a-" + name + "@example.org"),
        BatchDoor.row("b-" + name + "@example.org"),
        BatchDoor.row("a-" + name + "@example.org"),
        BatchDoor.row("c-" + name + "@example.org"),
        BatchDoor.row("nobody"));
  }

  @Test
  void create_storeFails_nextTryNeedNotWait() {
    world.cuts.arm(4, Cuts.Side.BEFORE);
    assertThat(door.send("k1", bodyOf(2)).status()).isEqualTo(500);
    assertThat(world.cuts.disarm()).isTrue();

    assertThat(door.send("k1", bodyOf(2)).status()).isEqualTo(202);
  }

  @Test
  void create_allRefused_leavesTheKeyFree() {
    WebReply refused = door.send("k1", BatchDoor.body(BatchDoor.row("nobody")));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(json(refused).path("code").asText()).isEqualTo("all-refused");
    assertThat(json(refused).path("errors").path(0).path("path").asText())
        .isEqualTo("invitations[0].recipients.email");
    assertThat(world.batches.store().page("acme", null, null, 10)).isEmpty();
    assertThat(door.send("k1", bodyOf(1)).status()).isEqualTo(202);
  }

  @Test
  void create_configurationRefusesAllSince_stillReplays() {
    WebReply first = door.send("k1", bodyOf(2));
    requireNotes();

    WebReply again = door.send("k1", bodyOf(2));

    assertThat(again.body()).isEqualTo(first.body());
    assertThat(door.send("k2", bodyOf(2)).status()).isEqualTo(422);
  }

  @Test
  void create_brokeOffAndConfigurationChanged_whatIsStoredIsNotCalledRefused() {
    world.cuts.before("take", () -> world.cuts.kill(0, Cuts.Side.BEFORE));
    assertThat(door.send("k1", bodyOf(2)).status()).isEqualTo(500);
    world.cuts.disarm();
    requireNotes();
    world.clock.advance(Duration.ofSeconds(61));

    WebReply retry = door.send("k1", bodyOf(2));

    assertThat(retry.status()).isEqualTo(202);
    assertThat(json(retry).path("accepted").asInt()).isEqualTo(2);
    assertThat(json(retry).path("errors")).isEmpty();
  }

  /** Rows have no notes: from here on all of them are refused. */
  private void requireNotes() {
    String json = world.accounts.written("acme").orElseThrow().json();
    String changed = json.replaceFirst("\"note\" ?: ?\\{ ?}", "\"note\": {\"required\": true}");
    assertThat(changed).isNotEqualTo(json);
    world.store(changed);
  }
}
