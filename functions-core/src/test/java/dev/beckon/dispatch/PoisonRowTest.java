package dev.beckon.dispatch;

import static dev.beckon.bed.World.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import dev.beckon.intake.SealedFields;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.JournalEntry;
import dev.beckon.parcel.Hint;
import dev.beckon.privacy.KeyVault;
import dev.beckon.privacy.Sealer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One row of 2,000 kills each worker that touches it; the queue delivers as the real one does. */
class PoisonRowTest {
  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private static final int ROWS = 2_000;
  private static final int POISON = 600;
  private static final int MOST_RECEIVES = 10;
  private static final Duration VISIBILITY = Duration.ofMinutes(12);

  /** How a worker ends on the bad row. */
  enum Death {
    /** The virtual machine throws an error, and the handler ends with it. */
    ERROR,
    /** Nothing runs any more: killed, or frozen until the platform ends it. */
    KILLED
  }

  private final World world = MONGO.world();
  private final LocalDate badDay =
      LocalDate.ofInstant(world.clock.instant(), ZoneOffset.UTC).minusDays(1);
  private final CountDownLatch endOfTest = new CountDownLatch(1);
  private final List<Thread> frozen = new ArrayList<>();
  private final Map<String, Integer> receives = new HashMap<>();
  private volatile CompletableFuture<Set<String>> worker = new CompletableFuture<>();
  private int deaths;
  private int deadLettered;

  @AfterEach
  void close() throws InterruptedException {
    endOfTest.countDown();
    for (Thread thread : frozen) {
      thread.join();
    }
    world.close();
  }

  @ParameterizedTest
  @EnumSource(Death.class)
  void dispatch_rowKillsItsWorkerBeforeTheClaim_isDeadAndAllOthersAreSent(Death death) {
    world.filled(ROWS);
    sealUnderBadDay();
    DispatchParts parts =
        parts(day -> {
          if (day.equals(badDay)) {
            die(death);
          }
        });
    // batches that take a while: others are under way whenever the next rows are prepared
    world.vendor.maxBatch(20);
    world.vendor.meanwhile(batch -> LockSupport.parkNanos(Duration.ofMillis(3).toNanos()));

    runUntilClosed(parts);

    assertThat(world.state(POISON)).isEqualTo(InvitationState.DEAD);
    assertThat(states()).isEqualTo(Map.of(InvitationState.DEAD, 1, InvitationState.SENT, ROWS - 1));
    assertThat(world.vendor.references())
        .hasSize(ROWS - 1)
        .doesNotHaveDuplicates()
        .doesNotContain(id(POISON));
    Invitation dead = world.invitation(POISON);
    assertThat(dead.attempts()).isZero();
    assertThat(dead.journal())
        .extracting(JournalEntry::state)
        .containsExactly(InvitationState.ACCEPTED, InvitationState.DEAD);
    // 2,000 rows are alone after eleven halvings; then three tries
    assertThat(deadLettered).isEqualTo(12);
    assertThat(deaths).isEqualTo(12 * MOST_RECEIVES + 3);
  }

  /** A row is not to blame for keys that cannot be read: it stays open and goes out later. */
  @Test
  void dispatch_keysCannotBeRead_failsNoRow() {
    String parcel = world.filled(3);
    DispatchParts away =
        parts(day -> {
          throw new UncheckedIOException(new IOException("the store is away"));
        });

    assertThat(away.dispatcher().dispatch(List.of(parcel), world.deadline()))
        .containsExactly(parcel);

    assertThat(world.state(1)).isEqualTo(InvitationState.ACCEPTED);
    assertThat(world.dispatch.dispatcher().dispatch(List.of(parcel), world.deadline())).isEmpty();
    assertThat(world.state(1)).isEqualTo(InvitationState.SENT);
  }

  @ParameterizedTest
  @EnumSource(Death.class)
  void dispatch_rowKillsItsWorkerAfterTheClaim_isInDoubtAndOthersAreSent(Death death) {
    world.vendor.maxBatch(1);
    world.filled(ROWS);
    world.vendor.meanwhile(batch -> {
      if (batch.getFirst().reference().equals(id(POISON))) {
        die(death);
      }
    });

    runUntilClosed(world.dispatch);

    assertThat(world.state(POISON)).isEqualTo(InvitationState.IN_DOUBT);
    assertThat(world.invitation(POISON).attempts()).isEqualTo(1);
    Map<InvitationState, Integer> states = states();
    assertThat(states.keySet()).isSubsetOf(InvitationState.SENT, InvitationState.IN_DOUBT);
    // who was under way in the same worker cannot be told apart from the bad row once it is gone
    int atMost = death == Death.ERROR ? 1 : 2 * world.vendor.maxInFlight();
    assertThat(states.get(InvitationState.IN_DOUBT)).isBetween(1, atMost);
    assertThat(world.vendor.references()).doesNotHaveDuplicates();
    assertThat(deadLettered).isZero();
  }

  /** The queue, the timer and the dead-letter function, until the batch has no open parcel. */
  private void runUntilClosed(DispatchParts parts) {
    for (int turn = 0; world.parcels.open(World.BATCH) > 0; turn++) {
      assertThat(turn).as("turns without an end").isLessThan(1_000);
      for (String body : world.bulk.take(100)) {
        String parcel = Hint.parse(body).orElseThrow().id();
        if (acknowledged(parts, parcel)) {
          receives.remove(parcel);
        } else if (receives.merge(parcel, 1, Integer::sum) >= MOST_RECEIVES) {
          receives.remove(parcel);
          deadLettered++;
          parts.deadLetters().take(parcel);
        } else {
          world.bulk.send(List.of(body));
        }
      }
      world.clock.advance(VISIBILITY);
      parts.sweep().run();
    }
    parts.sweep().run();
  }

  private boolean acknowledged(DispatchParts parts, String parcel) {
    CompletableFuture<Set<String>> run = new CompletableFuture<>();
    worker = run;
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                run.complete(parts.dispatcher().dispatch(List.of(parcel), world.deadline()));
              } catch (Throwable e) {
                run.completeExceptionally(e);
              }
            });
    frozen.add(thread);
    try {
      return run.get().isEmpty();
    } catch (ExecutionException e) {
      assertThat(e.getCause()).isInstanceOf(StackOverflowError.class);
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void die(Death death) {
    deaths++;
    StackOverflowError end = new StackOverflowError("the row's fault");
    if (death == Death.KILLED) {
      worker.completeExceptionally(end);
      try {
        endOfTest.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    throw end;
  }

  private DispatchParts parts(Consumer<LocalDate> onOpening) {
    KeyVault deadly =
        new KeyVault() {
          @Override
          public Optional<byte[]> find(String account, LocalDate day) {
            onOpening.accept(day);
            return world.keys.find(account, day);
          }

          @Override
          public byte[] storeIfAbsent(String account, LocalDate day, byte[] wrapped) {
            return world.keys.storeIfAbsent(account, day, wrapped);
          }

          @Override
          public List<LocalDate> days(String account) {
            return world.keys.days(account);
          }

          @Override
          public void delete(String account, LocalDate day) {
            world.keys.delete(account, day);
          }
        };
    DispatchParts all = world.dispatch;
    return new DispatchParts(
        all.accounts(),
        all.invitations(),
        all.parcels(),
        all.suppressed(),
        all.contacts(),
        all.gates(),
        all.nudger(),
        all.events(),
        all.intake(),
        new SealedFields(new Sealer(new byte[32], deadly, world.clock, new SecureRandom())),
        all.vendors(),
        all.renderers(),
        all.random(),
        all.clock(),
        all.telemetry());
  }

  private void sealUnderBadDay() {
    Clock then = Clock.fixed(badDay.atTime(12, 0).toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
    world.replaceSealed(
        id(POISON),
        new SealedFields(new Sealer(new byte[32], world.keys, then, new SecureRandom()))
            .seal("acme", "guest@example.org", Map.of("first_name", "Ada")));
  }

  private Map<InvitationState, Integer> states() {
    Map<InvitationState, Integer> states = new EnumMap<>(InvitationState.class);
    List<String> ids = IntStream.rangeClosed(1, ROWS).mapToObj(World::id).toList();
    world
        .invitations
        .standings(ids)
        .values()
        .forEach(row -> states.merge(row.state(), 1, Integer::sum));
    return states;
  }
}
