package dev.beckon.dispatch;

import dev.beckon.account.Account;
import dev.beckon.account.AccountSource;
import dev.beckon.account.Dispatch;
import dev.beckon.account.InvalidAccountException;
import dev.beckon.account.SecretMissingException;
import dev.beckon.dispatch.SendGroup.Item;
import dev.beckon.events.Event;
import dev.beckon.events.EventLog;
import dev.beckon.intake.ContactFatigue;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.invitation.InvitationStore.Standing;
import dev.beckon.parcel.BatchGates;
import dev.beckon.parcel.Deadline;
import dev.beckon.parcel.Nudger;
import dev.beckon.parcel.Parcel;
import dev.beckon.parcel.ParcelStore;
import dev.beckon.parcel.ParcelStore.Trial;
import dev.beckon.privacy.Failures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on due parcels: everything in them that may go out is claimed, sent and settled, or put
 * back for later (DESIGN §5, dispatch). Thread-safe.
 */
public final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  /** What a last settle and the closing of the parcels may take. */
  private static final Duration SETTLE_RESERVE = Duration.ofSeconds(5);

  private static final Duration PAUSED_AGAIN = Duration.ofSeconds(60);
  private static final int MOST_TRIES = 3;

  private final AccountSource accounts;
  private final InvitationStore invitations;
  private final ParcelStore parcels;
  private final Nudger nudger;
  private final EventLog events;
  private final VendorPool vendors;
  private final Renderers renderers;
  private final Composer composer;
  private final ClaimGate gate;
  private final Outcomes outcomes;
  private final LateRefusals lateRefusals;

  Dispatcher(DispatchParts parts) {
    this.accounts = parts.accounts();
    this.invitations = parts.invitations();
    this.parcels = parts.parcels();
    this.nudger = parts.nudger();
    this.events = parts.events();
    this.vendors = parts.vendors();
    this.renderers = parts.renderers();
    this.composer = new Composer(parts.sealed());
    this.gate =
        new ClaimGate(
            parts.invitations(),
            parts.suppressed(),
            new ContactFatigue(parts.contacts(), parts.invitations()),
            parts.gates());
    this.outcomes = new Outcomes(new RetryPolicy(parts.random()));
    this.lateRefusals =
        new LateRefusals(parts.invitations(), parts.parcels(), parts.nudger(), parts.clock());
  }

  /** A parcel in work and the snapshot it is worked on with. */
  private record Work(Parcel parcel, Account account, Dispatch dispatch) {}

  /**
   * Works on parcels.
   *
   * @param ids as hints named them; unknown, finished and repeated ones are no error
   * @param deadline when the platform ends this invocation
   * @return the ids that must be delivered again
   * @throws Error what the virtual machine threw at a row before its claim; what was claimed by
   *     then is settled, and all parcels must be delivered again
   */
  public Set<String> dispatch(Collection<String> ids, Deadline deadline) {
    Set<String> again = new LinkedHashSet<>();
    Map<String, SendGroup> groups = new LinkedHashMap<>();
    List<Work> begun = new ArrayList<>();
    Deadline half = deadline.atMost(deadline.remaining().dividedBy(2));
    Map<String, Parcel> loaded = parcels.load(ids);
    Map<String, BatchGates.State> batches =
        gate.batches(
            loaded.values().stream()
                .filter(parcel -> parcel.state() == Parcel.State.READY)
                .map(Parcel::batch)
                .toList());
    for (Parcel parcel : loaded.values()) {
      try {
        if (open(parcel, batches.getOrDefault(parcel.batch(), BatchGates.State.LIVE), deadline)) {
          begin(parcel, deadline, groups, begun);
        }
      } catch (RuntimeException e) {
        failed(parcel, e, again);
      }
    }
    Preparation prepared = new Preparation(composer);
    prepared.prepare(groups.values(), half);
    Sending sending = sendAll(groups.values(), prepared, deadline, half);
    for (Work work : begun) {
      try {
        if (sending.sound()) {
          close(work.parcel(), half, sending.heldUntil());
        } else {
          again.add(work.parcel().id());
        }
      } catch (RuntimeException e) {
        failed(work.parcel(), e, again);
      }
      survived(work.parcel());
    }
    LOG.info("dispatch hints={} parcels={} again={}", ids.size(), begun.size(), again.size());
    return again;
  }

  /** Whether the parcel's batch may go out; else the parcel waits or comes to its end. */
  private boolean open(Parcel parcel, BatchGates.State batch, Deadline deadline) {
    if (batch == BatchGates.State.LIVE || parcel.state() != Parcel.State.READY) {
      return true;
    }
    Instant now = deadline.clock().instant();
    if (batch == BatchGates.State.HELD) {
      parcels.defer(parcel.id(), now.plus(PAUSED_AGAIN));
      return false;
    }
    Parcel.Redrive redrive = parcel.redrive();
    if (redrive != null && redrive.send() != null) {
      // A refusal that came late: the row is certainly not sent, so it is no longer in doubt.
      reopen(parcel, now);
    }
    gate.cancel(parcel.ids(), now);
    close(parcel.withoutRedrive(), deadline, null);
    return false;
  }

  private void begin(
      Parcel parcel, Deadline deadline, Map<String, SendGroup> groups, List<Work> begun) {
    Instant now = deadline.clock().instant();
    if (parcel.state() != Parcel.State.READY
        || parcel.due().isAfter(now.plus(RollingWindow.SHORT_RETRY))) {
      return;
    }
    if (parcel.suspect() && !tryOne(parcel, now, deadline)) {
      return;
    }
    boolean inWork;
    try {
      inWork = beginTaken(parcel, deadline, groups, begun, now);
    } catch (RuntimeException e) {
      survived(parcel);
      throw e;
    }
    if (!inWork) {
      survived(parcel);
    }
  }

  /** An exception is an orderly end as well, an {@link Error} is none: the worker may be dying. */
  private void survived(Parcel parcel) {
    if (parcel.suspect()) {
      parcels.survived(parcel.id());
    }
  }

  /** Whether there is something to be sent and closed; a paused or refused parcel has nothing. */
  private boolean beginTaken(
      Parcel parcel,
      Deadline deadline,
      Map<String, SendGroup> groups,
      List<Work> begun,
      Instant now) {
    Account account = accounts.find(parcel.account()).orElse(null);
    Dispatch dispatch = account == null ? null : account.dispatch(parcel.dispatch()).orElse(null);
    if (account == null || dispatch == null) {
      reopen(parcel, now);
      unconfigured(
          parcel,
          parcel.ids(),
          "there is no dispatch " + parcel.dispatch() + " in account " + parcel.account(),
          now);
      close(parcel, deadline, null);
      return false;
    }
    if (dispatch.state() == Dispatch.State.PAUSED) {
      parcels.defer(parcel.id(), now.plus(PAUSED_AGAIN));
      return false;
    }
    reopen(parcel, now);
    Work work = new Work(parcel, account, dispatch);
    List<Invitation> open =
        invitations.load(parcel.ids()).stream()
            .filter(row ->
                InvitationState.SENDING.from(InvitationState.Cause.CLAIM).contains(row.state()))
            .filter(row -> !row.notBefore().isAfter(now.plus(RollingWindow.SHORT_RETRY)))
            .toList();
    Instant sendUntil = deadline.at().plus(RollingWindow.CLOCK_SKEW);
    group(work, gate.pass(account, dispatch, open, now, sendUntil), groups, now);
    begun.add(work);
    return true;
  }

  /**
   * Comes before anything that ends rows: a row not reopened would keep a redrive parcel open for
   * ever.
   */
  private void reopen(Parcel parcel, Instant now) {
    Parcel.Redrive redrive = parcel.redrive();
    if (redrive != null) {
      invitations.reopen(parcel.ids(), redrive.reopening(), now);
    }
  }

  private boolean tryOne(Parcel parcel, Instant now, Deadline deadline) {
    Trial trial =
        parcels.tryOne(parcel.id(), now, deadline.at().plus(RollingWindow.CLOCK_SKEW), MOST_TRIES);
    if (trial == Trial.HOPELESS) {
      reopen(parcel, now);
      gate.drop(
          parcel.ids(),
          InvitationState.DEAD,
          "its worker did not survive it " + MOST_TRIES + " times",
          now);
      close(parcel, deadline, null);
    }
    return trial == Trial.TAKEN;
  }

  private void group(Work work, List<Invitation> rows, Map<String, SendGroup> groups, Instant now) {
    Renderer renderer;
    try {
      renderer = renderers.of(work.account(), work.dispatch().id());
    } catch (InvalidAccountException e) {
      unconfigured(work.parcel(), work.parcel().ids(), String.valueOf(e.getMessage()), now);
      return;
    }
    Map<String, List<Invitation>> byVendor = new LinkedHashMap<>();
    for (Invitation row : rows) {
      String vendorAccount =
          work.dispatch()
              .route(row.channel())
              .map(route -> route.vendorAccounts().getFirst())
              .orElse("");
      byVendor.computeIfAbsent(vendorAccount, any -> new ArrayList<>()).add(row);
    }
    byVendor.forEach((vendorAccount, some) -> {
      SendGroup group;
      try {
        group = groupOf(work.account(), vendorAccount, groups);
      } catch (IllegalArgumentException | SecretMissingException e) {
        // Anything else, such as secrets that cannot be reached now, is no fault of the row's.
        unconfigured(
            work.parcel(),
            some.stream().map(Invitation::id).toList(),
            String.valueOf(e.getMessage()),
            now);
        return;
      }
      some.forEach(row -> group.items().add(new Item(row, renderer, work.dispatch())));
    });
  }

  private SendGroup groupOf(Account account, String vendorAccount, Map<String, SendGroup> groups) {
    String key = account.id() + "/" + vendorAccount;
    SendGroup known = groups.get(key);
    if (known != null) {
      return known;
    }
    VendorPool.Pooled pooled = vendors.of(account, vendorAccount);
    SendGroup group =
        new SendGroup(
            vendorAccount, pooled.vendor(), pooled.traits(), pooled.circuit(), new ArrayList<>());
    groups.put(key, group);
    return group;
  }

  /**
   * Our configuration is at fault: the rows are refused with the reason, and somebody is told once.
   */
  private void unconfigured(Parcel parcel, List<String> ids, String problem, Instant now) {
    gate.drop(ids, InvitationState.FAILED, "our configuration: " + problem, now);
    events.write(
        new Event(
            now,
            Event.Level.ERROR,
            "dispatch-unconfigured",
            "dispatch-unconfigured/"
                + parcel.account()
                + "/"
                + parcel.dispatch()
                + "/"
                + parcel.batch(),
            parcel.account(),
            "batch "
                + parcel.batch()
                + ": "
                + problem
                + "; mend the configuration, then send them again: ./beckon redrive --batch "
                + parcel.batch()));
  }

  /**
   * How sending ended.
   *
   * @param sound whether every outcome is settled
   * @param heldUntil before when a vendor account that fails is not called again; null when all are
   *     well
   */
  private record Sending(boolean sound, @Nullable Instant heldUntil) {}

  /** One thread a vendor account: a slow vendor holds up no other. */
  private Sending sendAll(
      Collection<SendGroup> groups, Preparation prepared, Deadline deadline, Deadline half) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Optional<Instant>>> running = new ArrayList<>();
      for (SendGroup group : groups) {
        Deadline last = deadline.before(group.vendor().timeout().plus(SETTLE_RESERVE));
        Deadline stop = last.at().isBefore(half.at()) ? last : half;
        RollingWindow window =
            new RollingWindow(
                group, invitations, prepared, outcomes, lateRefusals, gate, events, stop);
        running.add(threads.submit(window::run));
      }
      boolean sound = true;
      Error fatal = null;
      Instant heldUntil = null;
      for (Future<Optional<Instant>> run : running) {
        try {
          Instant held = run.get().orElse(null);
          heldUntil =
              heldUntil == null || (held != null && held.isBefore(heldUntil)) ? held : heldUntil;
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
      return new Sending(sound, heldUntil);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Sending(false, null);
    }
  }

  /**
   * Done when every row is final; otherwise due again when its earliest row is.
   *
   * @param heldUntil rows that are due now or nearly so wait at least until then; null when nothing
   *     holds them up
   */
  private void close(Parcel parcel, Deadline clock, @Nullable Instant heldUntil) {
    Instant now = clock.clock().instant();
    Instant due = null;
    for (Standing row : invitations.standings(parcel.ids()).values()) {
      if (!parcel.finished(row)) {
        Instant until = row.sendUntil();
        Instant next =
            row.state() == InvitationState.SENDING && until != null ? until : row.notBefore();
        if (heldUntil != null && !next.isAfter(now.plus(RollingWindow.SHORT_RETRY))) {
          next = next.isAfter(heldUntil) ? next : heldUntil;
        }
        next = next.isBefore(now) ? now : next;
        due = due == null || next.isBefore(due) ? next : due;
      }
    }
    if (due == null) {
      parcels.done(parcel.id());
      return;
    }
    parcels.defer(parcel.id(), due);
    if (!due.isAfter(now)) {
      nudger.nudge(List.of(parcel));
    }
  }

  private static void failed(Parcel parcel, RuntimeException e, Set<String> again) {
    LOG.error("parcel={} failed and is delivered again: {}", parcel.id(), Failures.tell(e));
    again.add(parcel.id());
  }
}
