package dev.beckon.filedrop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.bed.Cuts;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import dev.beckon.invitation.InvitationState;
import dev.beckon.parcel.Deadline;
import dev.beckon.parcel.Hint;
import dev.beckon.telemetry.Metric;
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

class FileDropTest {
  private static final String KEY = "stays/incoming/guests.csv";
  private static final String FILE =
      "Email,First Name\na@example.org,Ada\nnobody,Grace\nb@example.org,=1+1\n,\"\"\n";

  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private final World world = MONGO.world();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void created_file_isAcceptedRowByRowAndMovedOn() throws IOException {
    drop(world, KEY, FILE);
    workOff(world);

    Import done = only(world);
    assertThat(done.state()).isEqualTo(Import.State.ACCEPTED);
    assertThat(done.rows()).isEqualTo(4);
    assertThat(done.totals().stored()).containsOnly(Map.entry("ACCEPTED", 2));
    assertThat(done.totals().refused().values().stream().mapToInt(n -> n).sum()).isEqualTo(2);
    assertThat(world.objects.list()).doesNotContainKey(KEY).containsKey(done.processedKey());
    assertThat(text(world, done.refusedRowsKey()))
        .startsWith("row,field,code,reason,value")
        .contains("3,email,email-no-at,", "nobody");
    assertThat(world.eventCodes())
        .containsExactly("import-accepted", "import-released", "import-started");
    assertThat(world.bulk.take(10)).containsExactly(Hint.parcel(done.id() + ".0.0"));
  }

  @Test
  void created_sameEventFiveTimes_isOneImport() {
    drop(world, KEY, FILE);
    for (int i = 0; i < 4; i++) {
      world.fileDrop.fileDrop().created(KEY, world.deadline());
    }
    workOff(world);
    world.fileDrop.fileDrop().created(KEY, world.deadline());

    assertThat(only(world).state()).isEqualTo(Import.State.ACCEPTED);
    assertThat(world.meter.count(Metric.IMPORT_ROWS)).isEqualTo(4);
    assertThat(world.meter.count(Metric.ACCEPTED)).isEqualTo(2);
    assertThat(world.meter.count(Metric.REFUSED)).isEqualTo(2);
    assertThat(world.invitations.countByState(only(world).id()))
        .containsOnly(Map.entry(InvitationState.ACCEPTED, 2L));
    assertThat(world.eventCodes())
        .containsExactly("import-accepted", "import-released", "import-started");
  }

  @ParameterizedTest
  @EnumSource(Cuts.Side.class)
  void created_cutAtEveryStep_endsTheSame(Cuts.Side side) {
    for (int step = 0; ; step++) {
      try (World fresh = MONGO.world()) {
        fresh.objects.write(KEY, FILE.getBytes(StandardCharsets.UTF_8));
        fresh.cuts.arm(step, side);
        for (int delivery = 0; delivery < 3; delivery++) { // the queue delivers what failed again
          try {
            fresh.fileDrop.fileDrop().created(KEY, fresh.deadline());
          } catch (Cuts.Cut expected) {
            // this worker is gone
          }
        }
        for (int minute = 0; minute < 18; minute++) {
          workOff(fresh);
          fresh.clock.advance(Duration.ofMinutes(1));
          deliver(fresh.fileDrop.importSweep()::run);
          deliver(fresh.dispatch.sweep()::run);
        }
        boolean cut = fresh.cuts.disarm();

        String where = "cut " + side + " step " + step;
        Import done = only(fresh);
        assertThat(done.state()).as(where).isEqualTo(Import.State.ACCEPTED);
        assertThat(fresh.invitations.countByState(done.id()))
            .as(where)
            .containsOnly(Map.entry(InvitationState.ACCEPTED, 2L));
        assertThat(fresh.meter.count(Metric.ACCEPTED)).as(where).isLessThanOrEqualTo(2);
        assertThat(fresh.objects.list())
            .as(where)
            .doesNotContainKey(KEY)
            .containsKeys(done.processedKey(), done.refusedRowsKey());
        assertThat(fresh.eventCodes())
            .as(where)
            .containsExactly("import-accepted", "import-released", "import-started");
        assertThat(fresh.bulk.take(99)).as(where).contains(Hint.parcel(done.id() + ".0.0"));
        if (!cut) {
          assertThat(step).isGreaterThan(30);
          return;
        }
      }
    }
  }

  @Test
  void sweep_importThatDoesNotMove_isCountedAsStuckAfterHalfAnHour() {
    drop(world, KEY, FILE);
    world.clock.advance(Duration.ofMinutes(30));
    world.fileDrop.importSweep().run();
    assertThat(world.meter.count(Metric.IMPORT_STUCK)).isZero();

    world.clock.advance(Duration.ofSeconds(1));
    world.fileDrop.importSweep().run();
    assertThat(world.meter.count(Metric.IMPORT_STUCK)).isEqualTo(1);

    workOff(world);
    world.fileDrop.importSweep().run();
    assertThat(world.meter.count(Metric.IMPORT_STUCK)).as("it ended").isEqualTo(1);
  }

  @Test
  void created_timeRunsOutInTheScan_goesOnAtTheNextChunk() {
    StringBuilder file = new StringBuilder("email,first_name\n");
    for (int row = 0; row < 20_001; row++) {
      file.append("nobody").append(row).append(",x\n");
    }
    world.objects.write(KEY, file.toString().getBytes(StandardCharsets.UTF_8));
    Deadline none = Deadline.in(Duration.ofSeconds(5), world.clock);
    world.fileDrop.fileDrop().created(KEY, none);
    assertThat(only(world).state()).isEqualTo(Import.State.WAITING);
    assertThat(world.imports.chunks(only(world).id())).hasSize(1);

    world.files.take(9).forEach(hint -> world.fileDrop.fileDrop().run(id(hint), world.deadline()));

    assertThat(only(world).state()).isEqualTo(Import.State.RELEASED);
    assertThat(world.imports.chunks(only(world).id()).stream().map(Chunk::rows))
        .containsExactly(10_000, 10_000, 1);
    assertThat(world.chunks.size()).isEqualTo(3);
  }

  @Test
  void created_feedBusy_waitsAndIsWokenByTheEnd() {
    drop(world, KEY, FILE);
    world.clock.advance(Duration.ofSeconds(1));
    drop(world, "stays/incoming/more.csv", "email,first_name\nc@example.org,Carl\n");
    assertThat(world.imports.newest(9).stream().map(Import::state))
        .containsExactly(Import.State.WAITING, Import.State.RELEASED);

    workOff(world);

    assertThat(world.imports.newest(9).stream().map(Import::state))
        .containsOnly(Import.State.ACCEPTED);
  }

  @Test
  void created_sameContentAgain_isRefusedAndNamesTheFirst() {
    drop(world, KEY, FILE);
    workOff(world);
    String first = only(world).id();
    world.clock.advance(Duration.ofSeconds(1));
    drop(world, "stays/incoming/copy.csv", FILE);
    workOff(world);

    Import copy = world.imports.newest(1).getFirst();
    assertThat(copy.state()).isEqualTo(Import.State.REFUSED);
    assertThat(copy.problem()).contains("the same content", first);
    assertThat(world.invitations.countByState(copy.id())).isEmpty();
    assertThat(world.objects.list()).containsKey(copy.processedKey());
    assertThat(world.eventCodes())
        .containsExactly(
            "import-accepted",
            "import-refused",
            "import-released",
            "import-started",
            "import-started");
  }

  @Test
  void created_fileOverwrittenBeforeItIsRead_isRefusedAndTheNewOneTaken() {
    world.objects.write(KEY, FILE.getBytes(StandardCharsets.UTF_8));
    world.cuts.before(
        "lock",
        () ->
            world.objects.write(
                KEY, "email,first_name\nc@example.org,C\n".getBytes(StandardCharsets.UTF_8)));
    world.fileDrop.fileDrop().created(KEY, world.deadline());
    assertThat(only(world).problem()).contains("overwritten");
    assertThat(world.objects.list()).containsKey(KEY);

    world.clock.advance(Duration.ofSeconds(1));
    world.fileDrop.fileDrop().created(KEY, world.deadline());
    workOff(world);

    assertThat(world.imports.newest(1).getFirst().rows()).isEqualTo(1);
    assertThat(world.imports.newest(1).getFirst().state()).isEqualTo(Import.State.ACCEPTED);
  }

  @Test
  void created_fileAtFault_isMovedAndNamed() {
    drop(world, KEY, "name\nAda\n");
    Import refused = only(world);
    assertThat(refused.state()).isEqualTo(Import.State.REFUSED);
    assertThat(refused.problem()).contains("no column", "first_name");
    assertThat(world.objects.list()).containsOnlyKeys(refused.processedKey());
    drop(world, KEY, "email,first_name\n");
    assertThat(world.imports.newest(9).stream().map(Import::problem))
        .anySatisfy(problem -> assertThat(problem).contains("no rows"));
  }

  @Test
  void created_strangeKeys_areLeftAlone() {
    drop(world, "nofeed/incoming/x.csv", FILE);
    drop(world, "stays/processed/x.csv", FILE);
    world.fileDrop.fileDrop().created("stays/incoming/gone.csv", world.deadline());
    assertThat(world.imports.newest(9)).isEmpty();
    assertThat(world.eventCodes()).containsExactly("feed-unknown");
    assertThat(world.objects.list()).hasSize(2);
  }

  /** A repeated event's worker that finds the file moved by the first must not undo its end. */
  @Test
  void run_overtakenByAnotherWorker_refusesNothing() {
    world.objects.write(KEY, FILE.getBytes(StandardCharsets.UTF_8));
    world.cuts.before(
        "lock",
        () -> {
          world.fileDrop.fileDrop().created(KEY, world.deadline());
          workOff(world);
        });
    world.fileDrop.fileDrop().created(KEY, world.deadline());

    assertThat(only(world).state()).isEqualTo(Import.State.ACCEPTED);
    assertThat(world.eventCodes())
        .containsExactly("import-accepted", "import-released", "import-started");
  }

  private static void drop(World world, String key, String content) {
    world.objects.write(key, content.getBytes(StandardCharsets.UTF_8));
    world.fileDrop.fileDrop().created(key, world.deadline());
  }

  /** Works the queues until they are empty; what a worker was cut off at is delivered again. */
  private static void workOff(World world) {
    while (world.files.size() + world.chunks.size() > 0) {
      for (String hint : world.files.take(9)) {
        deliver(() -> world.fileDrop.fileDrop().run(id(hint), world.deadline()));
      }
      for (String hint : world.chunks.take(9)) {
        deliver(() -> world.fileDrop.chunkIntake().accept(id(hint)));
      }
    }
  }

  private static void deliver(Runnable work) {
    try {
      work.run();
    } catch (Cuts.Cut expected) {
      work.run();
    }
  }

  private static String id(String hint) {
    return Hint.parse(hint).orElseThrow().id();
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
