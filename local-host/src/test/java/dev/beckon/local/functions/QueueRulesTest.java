package dev.beckon.local.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.local.servers.NeedsAzurite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The queue trigger's rules, against the emulator. */
@ExtendWith(NeedsAzurite.class)
class QueueRulesTest {
  @RegisterExtension static final StorageExtension STORAGE = new StorageExtension();

  @TempDir Path folder;
  private String queue;
  private Path notes;

  @BeforeEach
  void prepare(TestInfo test) {
    queue = "q-" + Integer.toHexString(test.getDisplayName().hashCode());
    notes = folder.resolve("notes");
    STORAGE.queue(queue);
  }

  private FunctionsHost host(int speedUp) throws IOException {
    StagedFolder staged = StagedFolder.in(folder.resolve("app")).work("work").forward();
    return FunctionsHost.start(
        FunctionsHostSettings.of(staged.folder()).faster(speedUp),
        STORAGE.settings(queue),
        () -> {});
  }

  private void send(String order) {
    STORAGE.send(queue, order + " " + notes);
  }

  private List<String> notes() throws IOException {
    return Files.exists(notes) ? Files.readAllLines(notes) : List.of();
  }

  static <T> T until(Callable<T> probe, Predicate<T> wanted) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    T last = probe.call();
    while (!wanted.test(last)) {
      assertThat(System.nanoTime()).as("still %s", last).isLessThan(end);
      LockSupport.parkNanos(20_000_000);
      last = probe.call();
    }
    return last;
  }

  @Test
  void message_functionReturns_isGoneAfterOneInvocation() throws Exception {
    try (FunctionsHost host = host(1)) {
      assertThat(host.functions()).containsExactly("forward", "work");

      send("ok");

      until(() -> STORAGE.count(queue), count -> count == 0);
      assertThat(notes()).containsExactly("1 injector work");
    }
  }

  @Test
  void message_functionFails_isTriedAsOftenAsAllowedThenPoison() throws Exception {
    try (FunctionsHost host = host(1)) {
      send("fail");

      until(() -> STORAGE.seen(queue + "-poison"), seen -> !seen.isEmpty());

      assertThat(notes()).containsExactly("1 injector work", "2 injector work", "3 injector work");
      assertThat(until(() -> STORAGE.count(queue), count -> count == 0)).isZero();
      assertThat(STORAGE.seen(queue + "-poison"))
          .singleElement()
          .satisfies(wire ->
              assertThat(new String(Base64.getDecoder().decode(wire), StandardCharsets.UTF_8))
                  .isEqualTo("fail " + notes));
      assertThat(host.functions()).isNotEmpty();
    }
  }

  @Test
  void message_functionThrowsAnError_countsAsFailed() throws Exception {
    try (FunctionsHost host = host(1)) {
      send("error");

      until(() -> STORAGE.seen(queue + "-poison"), seen -> !seen.isEmpty());

      assertThat(notes()).hasSize(3);
      assertThat(host.functions()).isNotEmpty();
    }
  }

  @Test
  void message_notInBase64_isPoisonUnseen() throws Exception {
    STORAGE.queue(queue).sendMessage("ok " + notes + " ö");
    try (FunctionsHost host = host(1)) {
      List<String> poison = until(() -> STORAGE.seen(queue + "-poison"), seen -> !seen.isEmpty());

      assertThat(poison).containsExactly("ok " + notes + " ö");
      assertThat(until(() -> STORAGE.count(queue), count -> count == 0)).isZero();
      assertThat(notes()).isEmpty();
      assertThat(host.functions()).isNotEmpty();
    }
  }

  @Test
  void message_failsInAPoisonQueue_staysThereAndAwayForItsLease() throws Exception {
    queue = queue + "-poison";
    STORAGE.queue(queue);
    try (FunctionsHost host = host(300)) {
      send("fail");

      until(this::notes, lines -> lines.size() == 3);

      assertThat(notes()).containsExactly("1 injector work", "2 injector work", "3 injector work");
      assertThat(STORAGE.count(queue)).isEqualTo(1);
      assertThat(host.functions()).isNotEmpty();
    }
  }

  @Test
  void message_receivedTooOften_isPoisonWithoutAnotherTry() throws Exception {
    send("ok");
    for (int i = 0; i < 3; i++) {
      var item = STORAGE.queue(queue).receiveMessage();
      STORAGE
          .queue(queue)
          .updateMessage(item.getMessageId(), item.getPopReceipt(), null, Duration.ZERO);
    }
    try (FunctionsHost host = host(1)) {
      until(() -> STORAGE.seen(queue + "-poison"), seen -> !seen.isEmpty());

      assertThat(notes()).isEmpty();
      assertThat(host.functions()).isNotEmpty();
    }
  }

  @Test
  void message_ofTheLargestSize_arrivesWhole() throws Exception {
    byte[] raw = new byte[49_152];
    new Random(7).nextBytes(raw);
    STORAGE.queue("raw").sendMessage(Base64.getEncoder().encodeToString(raw));
    try (FunctionsHost host = host(1)) {
      List<String> out = until(() -> STORAGE.seen("forwarded"), seen -> !seen.isEmpty());

      assertThat(Base64.getDecoder().decode(out.getFirst())).isEqualTo(raw);
      assertThat(host.functions()).isNotEmpty();
    }
  }

  @Test
  void messages_batchAndThreshold_boundHowManyAreWorkedOn() throws Exception {
    for (int i = 0; i < 8; i++) {
      send("hold");
    }
    try (FunctionsHost host = host(1)) {
      // Two of the first batch are above the threshold of one, so no more are asked for.
      until(this::notes, lines -> lines.size() == 2);
      assertThat(STORAGE.count(queue)).isEqualTo(8);
      assertThat(STORAGE.seen(queue)).hasSize(6);

      Files.createFile(folder.resolve("release"));

      until(() -> STORAGE.count(queue), count -> count == 0);
      assertThat(most(notes())).isBetween(2, 3);
      assertThat(host.functions()).isNotEmpty();
    }
  }

  /** The most that were begun and not ended at a time. */
  private static int most(List<String> notes) {
    int running = 0;
    int most = 0;
    for (String note : notes) {
      running += note.equals("released") ? -1 : 1;
      most = Math.max(most, running);
    }
    return most;
  }

  @Test
  void message_workedOnForLongerThanItsLease_isNobodyElses() throws Exception {
    try (FunctionsHost host = host(300);
        FunctionsHost other = other()) {
      send("hold");
      until(this::notes, lines -> !lines.isEmpty());
      // Leases are 2 s here; the other host looks at the queue all the while.
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(6);
      until(System::nanoTime, now -> now > end);
      assertThat(notes()).containsExactly("1 injector work");

      Files.createFile(folder.resolve("release"));

      until(() -> STORAGE.count(queue), count -> count == 0);
      assertThat(notes()).containsExactly("1 injector work", "released");
      assertThat(host.functions()).isEqualTo(other.functions());
    }
  }

  private FunctionsHost other() {
    return FunctionsHost.start(
        FunctionsHostSettings.of(folder.resolve("app")).faster(300),
        STORAGE.settings(queue),
        () -> {});
  }

  @Test
  void apps_twoWithTheSameFunction_workApart() throws Exception {
    StagedFolder second = StagedFolder.in(folder.resolve("second")).work("work");
    String theirs = queue + "-b";
    STORAGE.queue(theirs);
    try (FunctionsHost host = host(1);
        FunctionsHost other =
            FunctionsHost.start(
                FunctionsHostSettings.of(second.folder()), STORAGE.settings(theirs), () -> {})) {
      send("ok");
      STORAGE.send(theirs, "ok " + folder.resolve("theirs"));

      until(() -> STORAGE.count(queue) + STORAGE.count(theirs), count -> count == 0);
      assertThat(notes()).containsExactly("1 injector work");
      assertThat(Files.readAllLines(folder.resolve("theirs"))).containsExactly("1 injector work");
      assertThat(host.functions()).contains("work");
      assertThat(other.functions()).containsExactly("work");
    }
  }
}
