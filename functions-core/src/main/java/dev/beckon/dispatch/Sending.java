package dev.beckon.dispatch;

import dev.beckon.dispatch.SendGroup.Item;
import dev.beckon.events.EventLog;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.parcel.Deadline;
import dev.beckon.privacy.Failures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends groups beside each other, so that a slow vendor holds up no other. Thread-safe. */
final class Sending {
  private static final Logger LOG = LoggerFactory.getLogger(Sending.class);

  /** What a last settle and the closing of the parcels may take. */
  private static final Duration SETTLE_RESERVE = Duration.ofSeconds(5);

  private final InvitationStore invitations;
  private final ClaimGate gate;
  private final EventLog events;
  private final Outcomes outcomes;
  private final LateRefusals lateRefusals;

  Sending(DispatchParts parts, ClaimGate gate) {
    this.invitations = parts.invitations();
    this.gate = gate;
    this.events = parts.events();
    this.outcomes = new Outcomes(new RetryPolicy(parts.random()));
    this.lateRefusals =
        new LateRefusals(parts.invitations(), parts.parcels(), parts.nudger(), parts.clock());
  }

  /**
   * How sending ended.
   *
   * @param sound whether every outcome is settled
   * @param heldUntil before when a vendor account that fails is not called again; null when all are
   *     well
   */
  record Ended(boolean sound, @Nullable Instant heldUntil) {}

  /** A window that came to its end; rows it does not take are empty when it failed. */
  private record Ran(SendGroup group, List<Item> passedOn, @Nullable Throwable failure) {}

  /**
   * Sends what can be sent until {@code half}; returns with nothing in flight. Rows that a vendor
   * account does not take go to the next of their chain as soon as its own are done: one account is
   * never used by two windows at once.
   *
   * @throws Error what the virtual machine threw; what was claimed by then is settled
   */
  Ended send(Grouping grouping, Preparation prepared, Deadline deadline, Deadline half) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletionService<Ran> running = new ExecutorCompletionService<>(threads);
      Set<Circuit> busy = new HashSet<>();
      List<Throwable> failures = new ArrayList<>();
      Instant heldUntil = null;
      while (true) {
        for (SendGroup group : grouping.take(busy)) {
          RollingWindow window = window(group, prepared, deadline, half);
          busy.add(group.circuit());
          running.submit(() -> run(group, window));
        }
        if (busy.isEmpty()) {
          break;
        }
        Ran ran = running.take().get();
        busy.remove(ran.group().circuit());
        if (ran.failure() != null) {
          LOG.error("sending stopped: {}", Failures.tell(ran.failure()));
          failures.add(ran.failure());
        }
        for (Item item : ran.passedOn()) {
          Instant held = grouping.addAgain(item, deadline.clock().instant()).orElse(null);
          heldUntil =
              heldUntil == null || (held != null && held.isBefore(heldUntil)) ? held : heldUntil;
        }
      }
      for (Throwable failure : failures) {
        if (failure instanceof Error fatal) {
          throw fatal;
        }
      }
      return new Ended(failures.isEmpty(), heldUntil);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // a window's own failure is in what it returns
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Ended(false, null);
    }
  }

  private RollingWindow window(
      SendGroup group, Preparation prepared, Deadline deadline, Deadline half) {
    Deadline last = deadline.before(group.vendor().timeout().plus(SETTLE_RESERVE));
    Deadline stop = last.at().isBefore(half.at()) ? last : half;
    return new RollingWindow(
        group, invitations, prepared, outcomes, lateRefusals, gate, events, stop);
  }

  private static Ran run(SendGroup group, RollingWindow window) {
    try {
      return new Ran(group, window.run(), null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Ran(group, List.of(), e);
    } catch (RuntimeException | Error e) {
      return new Ran(group, List.of(), e);
    }
  }
}
