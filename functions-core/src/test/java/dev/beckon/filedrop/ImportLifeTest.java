package dev.beckon.filedrop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.bed.Cuts;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import dev.beckon.invitation.InvitationState;
import dev.beckon.parcel.Hint;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A file from its drop to its end: once straight, and cut off at each of its steps. */
class ImportLifeTest {
  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private static final String KEY = "stays/incoming/guests.csv";
  private static final String FILE =
      "email,first_name,note\n"
          + "ada@example.org,Ada,\n"
          + "bob@example.org,Bob,=cmd|' /C calc'!A0\n"
          + "ada@EXAMPLE.org,Ada again,\n"
          + "=nobody,Cy,\n"
          + "too,many,cells,here\n"
          + "dora@example.org,Dora,\n";

  @Test
  void drop_soundFile_endsWithEveryRowAccountedFor() throws Exception {
    try (World world = MONGO.world()) {
      drop(world, KEY, FILE);
      world.fileDrop.fileDrop().created(KEY, world.deadline());
      pump(world);
      assertEnded(world);
    }
  }

  @Test
  void drop_cutOffAtAnyStep_endsTheSame() throws Exception {
    int steps = 1;
    for (int step = 0; step < steps; step++) {
      for (Cuts.Side side : Cuts.Side.values()) {
        try (World world = MONGO.world()) {
          drop(world, KEY, FILE);
          world.cuts.arm(step, side);
          heal(world);
          assertThat(world.cuts.disarm()).as("step %s was reached", step).isTrue();
          assertEnded(world);
          steps = Math.max(steps, straightSteps());
        }
      }
    }
    assertThat(steps).isGreaterThan(20);
  }

  private int straight = -1;

  /** How many calls a run without a cut makes. */
  private int straightSteps() throws Exception {
    if (straight < 0) {
      try (World world = MONGO.world()) {
        drop(world, KEY, FILE);
        world.cuts.arm(-1, Cuts.Side.BEFORE);
        world.fileDrop.fileDrop().created(KEY, world.deadline());
        pump(world);
        straight = world.cuts.steps().size();
      }
    }
    return straight;
  }

  @Test
  void drop_sameContentUnderAnotherName_isRefusedAndMovedAway() throws Exception {
    try (World world = MONGO.world()) {
      drop(world, KEY, FILE);
      world.fileDrop.fileDrop().created(KEY, world.deadline());
      pump(world);
      world.clock.advance(Duration.ofSeconds(1));
      drop(world, "stays/incoming/copy.csv", FILE);
      world.fileDrop.fileDrop().created("stays/incoming/copy.csv", world.deadline());
      pump(world);
      Import copy = world.imports.newest(1).getFirst();
      assertThat(copy.state()).isEqualTo(Import.State.REFUSED);
      assertThat(copy.problem()).contains("same content");
      assertThat(world.objects.info("stays/incoming/copy.csv")).isEmpty();
      assertThat(world.objects.info(copy.processedKey())).isPresent();
      assertThat(world.eventCodes())
          .containsExactly("import-accepted", "import-refused", "import-released");
    }
  }

  @Test
  void drop_secondFileWhileTheFeedIsBusy_waitsAndIsWoken() throws Exception {
    try (World world = MONGO.world()) {
      drop(world, KEY, FILE);
      world.fileDrop.fileDrop().created(KEY, world.deadline());
      drop(
          world,
          "stays/incoming/later.csv",
          FILE.replace("ada", "eve").replace("bob", "fay").replace("dora", "gus"));
      world.fileDrop.fileDrop().created("stays/incoming/later.csv", world.deadline());
      assertThat(world.imports.open(10))
          .extracting(Import::state)
          .containsExactly(Import.State.RELEASED, Import.State.WAITING);
      pump(world);
      assertThat(world.imports.newest(10))
          .extracting(Import::state)
          .containsOnly(Import.State.ACCEPTED);
    }
  }

  @Test
  void drop_overwrittenBeforeItWasRead_leavesTheNewFileToItsOwnImport() throws Exception {
    try (World world = MONGO.world()) {
      drop(world, KEY, FILE);
      world.cuts.before("lock", () -> drop(world, KEY, FILE.replace("bob", "rob")));
      world.fileDrop.fileDrop().created(KEY, world.deadline());
      assertThat(world.imports.newest(1).getFirst().problem()).contains("overwritten");
      assertThat(world.objects.info(KEY)).as("the new file stays").isPresent();
      world.fileDrop.fileDrop().created(KEY, world.deadline());
      pump(world);
      assertThat(world.imports.newest(10))
          .extracting(Import::state)
          .containsExactlyInAnyOrder(Import.State.REFUSED, Import.State.ACCEPTED);
    }
  }

  private static void drop(World world, String key, String content) {
    world.objects.write(key, content.getBytes(StandardCharsets.UTF_8));
  }

  /** What the platform and the timer do: events and hints again until all is done. */
  private static void heal(World world) {
    List<Runnable> undone = new ArrayList<>();
    undone.add(() -> world.fileDrop.fileDrop().created(KEY, world.deadline()));
    for (int round = 0; round < 8; round++) {
      List<Runnable> now = new ArrayList<>(undone);
      undone.clear();
      for (String hint : world.files.take(100)) {
        now.add(() -> run(world, hint));
      }
      for (String hint : world.chunks.take(100)) {
        now.add(() -> run(world, hint));
      }
      now.add(() -> world.fileDrop.importSweep().run());
      for (Runnable work : now) {
        try {
          work.run();
        } catch (Cuts.Cut killed) {
          undone.add(work); // delivered again
        }
      }
      world.clock.advance(Duration.ofMinutes(16));
    }
  }

  private static void pump(World world) {
    for (int round = 0; round < 10; round++) {
      world.files.take(100).forEach(hint -> run(world, hint));
      world.chunks.take(100).forEach(hint -> run(world, hint));
    }
  }

  private static void run(World world, String body) {
    Hint hint = Hint.parse(body).orElseThrow();
    if (hint.kind() == Hint.Kind.IMPORT) {
      world.fileDrop.fileDrop().run(hint.id(), world.deadline());
    } else {
      world.fileDrop.chunkIntake().accept(hint.id());
    }
  }

  private static void assertEnded(World world) throws Exception {
    Import ended = world.imports.newest(10).getFirst();
    assertThat(world.imports.newest(10)).hasSize(1);
    assertThat(ended.state()).isEqualTo(Import.State.ACCEPTED);
    assertThat(ended.rows()).isEqualTo(6);
    assertThat(ended.totals().refused()).isEqualTo(Map.of("email-no-at", 1, "row-unreadable", 1));
    assertThat(ended.totals().stored()).isEqualTo(Map.of("ACCEPTED", 3, "DUPLICATE", 1));
    assertThat(world.invitations.countByState(ended.id()))
        .isEqualTo(Map.of(InvitationState.ACCEPTED, 3L, InvitationState.DUPLICATE, 1L));
    assertThat(world.objects.info(KEY)).isEmpty();
    assertThat(world.objects.info(ended.processedKey())).isPresent();
    try (InputStream refused = world.objects.read(ended.refusedRowsKey()).orElseThrow()) {
      assertThat(new String(refused.readAllBytes(), StandardCharsets.UTF_8).lines().toList())
          .hasSize(3)
          .anySatisfy(
              line -> assertThat(line).startsWith("5,email,email-no-at").endsWith("'=nobody"))
          .anySatisfy(line -> assertThat(line).startsWith("6,row,row-unreadable"));
    }
    assertThat(world.eventCodes()).containsExactly("import-accepted", "import-released");
    assertThat(world.imports.lock("stays", "another", world.clock.instant(), world.clock.instant()))
        .as("the feed is free")
        .isTrue();
    assertThat(
            world.parcels.due(
                world.clock.instant().plus(Duration.ofDays(1)),
                world.clock.instant().plus(Duration.ofDays(1)),
                10))
        .as("one parcel holds the rows")
        .hasSize(1);
  }
}
