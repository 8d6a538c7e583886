package dev.beckon.dispatch;

import dev.beckon.events.EventLog;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.parcel.Deadline;
import dev.beckon.parcel.Lane;
import dev.beckon.privacy.Failures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
   * @param held rows whose vendor account is not called before a time: it fails, or its rate, its
   *     quota or the vendor itself bids them wait
   */
  record Ended(boolean sound, Map<String, Instant> held) {}

  private record Running(SendGroup group, Future<Optional<Instant>> window) {}

  /**
   * Sends what can be sent until {@code half}; returns with nothing in flight.
   *
   * @param lane that the parcels came on
   * @throws Error what the virtual machine threw; what was claimed by then is settled
   */
  Ended send(
      Collection<SendGroup> groups,
      Lane lane,
      Preparation prepared,
      Deadline deadline,
      Deadline half) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Running> running = new ArrayList<>();
      for (SendGroup group : groups) {
        Deadline last = deadline.before(group.vendor().timeout().plus(SETTLE_RESERVE));
        Deadline stop = last.at().isBefore(half.at()) ? last : half;
        RollingWindow window =
            new RollingWindow(
                group, lane, invitations, prepared, outcomes, lateRefusals, gate, events, stop);
        running.add(new Running(group, threads.submit(window::run)));
      }
      boolean sound = true;
      Error fatal = null;
      Map<String, Instant> held = new HashMap<>();
      for (Running run : running) {
        try {
          List<SendGroup.Item> rows = run.group().items();
          run.window()
              .get()
              .ifPresent(until -> rows.forEach(row -> held.put(row.invitation().id(), until)));
        } catch (ExecutionException e) {
          LOG.error("sending stopped: {}", Failures.tell(e));
          sound = false;
          if (e.getCause() instanceof Error error) {
            fatal = error;
          }
        }
      }
      if (fatal != null) {
        throw fatal;
      }
      return new Ended(sound, held);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Ended(false, Map.of());
    }
  }
}
