package dev.beckon.dispatch;

import dev.beckon.dispatch.RollingWindow.Left;
import dev.beckon.dispatch.SendGroup.Item;
import dev.beckon.events.EventLog;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.parcel.Deadline;
import dev.beckon.parcel.Lane;
import dev.beckon.parcel.Parcel;
import dev.beckon.privacy.Failures;
import dev.beckon.telemetry.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
  private final CountedWrites writes;
  private final Telemetry telemetry;

  Sending(DispatchParts parts, ClaimGate gate) {
    this.invitations = parts.invitations();
    this.gate = gate;
    this.events = parts.events();
    this.outcomes = new Outcomes(new RetryPolicy(parts.random()));
    this.lateRefusals =
        new LateRefusals(parts.invitations(), parts.parcels(), parts.nudger(), parts.clock());
    this.writes = parts.writes();
    this.telemetry = parts.telemetry();
  }

  /**
   * How sending ended.
   *
   * @param sound whether every outcome is settled
   * @param held rows whose vendor account is not called before a time: it fails, or its rate, its
   *     quota or the vendor itself bids them wait
   */
  record Ended(boolean sound, Map<String, Instant> held) {}

  /** A window that came to its end; one that failed leaves nothing to others. */
  private record Ran(SendGroup group, Left left, @Nullable Throwable failure) {}

  /**
   * Sends what can be sent until {@code half}; returns with nothing in flight. Rows that a vendor
   * account does not take go to the next of their chain as soon as its own are done: one account is
   * never used by two windows at once.
   *
   * @param lane that the parcels came on
   * @throws Error what the virtual machine threw; what was claimed by then is settled
   */
  Ended send(Grouping grouping, Lane lane, Preparation prepared, Deadline deadline, Deadline half) {
    try (ExecutorService threads = Executors.newThreadPerTaskExecutor(this::thread)) {
      CompletionService<Ran> running = new ExecutorCompletionService<>(threads);
      Set<Circuit> busy = new HashSet<>();
      List<Throwable> failures = new ArrayList<>();
      Map<String, Instant> held = new HashMap<>();
      while (true) {
        for (SendGroup group : grouping.take(busy)) {
          RollingWindow window = window(group, lane, prepared, deadline, half);
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
        held.putAll(ran.left().held());
        for (Item item : ran.left().passedOn()) {
          grouping
              .addAgain(item, deadline.clock().instant())
              .ifPresent(until -> held.put(item.invitation().id(), until));
        }
      }
      for (Throwable failure : failures) {
        if (failure instanceof Error fatal) {
          throw fatal;
        }
      }
      return new Ended(failures.isEmpty(), held);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // a window's own failure is in what it returns
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Ended(false, Map.of());
    }
  }

  private RollingWindow window(
      SendGroup group, Lane lane, Preparation prepared, Deadline deadline, Deadline half) {
    Deadline last = deadline.before(group.vendor().timeout().plus(SETTLE_RESERVE));
    Deadline stop = last.at().isBefore(half.at()) ? last : half;
    return new RollingWindow(
        group,
        lane,
        invitations,
        writes,
        prepared,
        outcomes,
        lateRefusals,
        gate,
        events,
        telemetry,
        stop);
  }

  /** Hints of one call come from one queue. */
  static Lane lane(List<Parcel> parcels) {
    return parcels.stream().anyMatch(parcel -> parcel.lane() == Lane.PRIORITY)
        ? Lane.PRIORITY
        : Lane.BULK;
  }

  private Thread thread(Runnable work) {
    return Thread.ofVirtual().unstarted(telemetry.carried(work));
  }

  private Ran run(SendGroup group, RollingWindow window) {
    return telemetry.call("send", group.tags(), () -> ran(group, window));
  }

  private static Ran ran(SendGroup group, RollingWindow window) {
    try {
      return new Ran(group, window.run(), null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Ran(group, Left.NOTHING, e);
    } catch (RuntimeException | Error e) {
      return new Ran(group, Left.NOTHING, e);
    }
  }
}
