package dev.beckon.dispatch;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.beckon.account.Account;
import dev.beckon.account.AccountSource;
import dev.beckon.account.Dispatch;
import dev.beckon.intake.ContactFatigue;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.parcel.BatchGates;
import dev.beckon.parcel.Deadline;
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
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on due parcels: everything in them that may go out is claimed, sent and settled, or put
 * back for later (DESIGN §5, dispatch). Thread-safe.
 */
public final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private static final Duration PAUSED_AGAIN = Duration.ofSeconds(60);
  private static final int MOST_TRIES = 3;

  private final AccountSource accounts;
  private final InvitationStore invitations;
  private final ParcelTelemetry telemetry;
  private final ParcelStore parcels;
  private final VendorPool vendors;
  private final Renderers renderers;
  private final Composer composer;
  private final ClaimGate gate;
  private final ConfigurationFaults faults;
  private final Gathering gathering;
  private final Sending sending;
  private final ParcelClosing closing;

  Dispatcher(DispatchParts parts) {
    this.accounts = parts.accounts();
    this.invitations = parts.invitations();
    this.telemetry = new ParcelTelemetry(parts.telemetry());
    this.parcels = parts.parcels();
    this.vendors = parts.vendors();
    this.renderers = parts.renderers();
    this.composer = new Composer(parts.sealed());
    this.gate =
        new ClaimGate(
            parts.invitations(),
            parts.writes(),
            parts.suppressed(),
            new ContactFatigue(parts.contacts(), parts.invitations()),
            parts.gates(),
            new ChannelFallback(parts.invitations(), parts.vendors()));
    this.faults = new ConfigurationFaults(gate, parts.events());
    this.gathering = new Gathering(parts.parcels());
    this.sending = new Sending(parts, gate);
    this.closing = new ParcelClosing(parts);
  }

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
    Collection<Parcel> loaded = parcels.load(ids).values();
    return telemetry.together(loaded, () -> work(ids, loaded, deadline));
  }

  private Set<String> work(Collection<String> ids, Collection<Parcel> loaded, Deadline deadline) {
    Set<String> again = new LinkedHashSet<>();
    Grouping grouping = new Grouping(vendors, renderers, faults);
    List<Parcel> begun = new ArrayList<>();
    Deadline half = deadline.atMost(deadline.remaining().dividedBy(2));
    Map<String, BatchGates.State> batches = gate.batchesOfReady(loaded);
    for (Parcel parcel : loaded) {
      BatchGates.State batch = batches.getOrDefault(parcel.batch(), BatchGates.State.LIVE);
      telemetry.guarded(
          parcel,
          again,
          () -> {
            if (open(parcel, batch, deadline)) {
              begin(parcel, deadline, grouping, begun);
            }
          });
    }
    List<Parcel> gathered = gather(grouping, begun, deadline, half);
    Preparation prepared = new Preparation(composer);
    prepared.prepare(grouping.groups(), half);
    Sending.Ended ended = sending.send(grouping, Sending.lane(begun), prepared, deadline, half);
    for (Parcel parcel : begun) {
      if (ended.sound()) {
        telemetry.guarded(parcel, again, () -> closing.close(parcel, ended.held()));
      } else {
        again.add(parcel.id());
      }
      survived(parcel);
    }
    if (ended.sound()) {
      closeGathered(gathered, ended);
    }
    LOG.info("dispatch hints={} parcels={} again={}", ids.size(), begun.size(), again.size());
    return again;
  }

  /** Takes other parcels along; one that cannot be taken is left to its own hint. */
  private List<Parcel> gather(
      Grouping grouping, List<Parcel> begun, Deadline deadline, Deadline half) {
    List<Parcel> taken = new ArrayList<>();
    try {
      List<Parcel> more = gathering.more(grouping.groups(), begun, half);
      Map<String, BatchGates.State> batches =
          gate.batches(more.stream().map(Parcel::batch).toList());
      Map<ParcelStore.Owner, List<Parcel>> byDispatch =
          more.stream()
              .filter(parcel -> !batches.containsKey(parcel.batch()))
              .collect(groupingBy(Parcel::owner, LinkedHashMap::new, toList()));
      for (List<Parcel> same : byDispatch.values()) {
        Parcel one = same.getFirst();
        Account account = accounts.find(one.account()).orElse(null);
        Dispatch dispatch = account == null ? null : account.dispatch(one.dispatch()).orElse(null);
        if (account != null && dispatch != null && dispatch.state() == Dispatch.State.LIVE) {
          List<String> ids = same.stream().flatMap(parcel -> parcel.ids().stream()).toList();
          addOpen(one, ids, account, dispatch, grouping, deadline);
          taken.addAll(same);
        }
      }
    } catch (RuntimeException e) {
      LOG.error("gathering failed, what was begun goes on: {}", Failures.tell(e));
    }
    return taken;
  }

  private void closeGathered(List<Parcel> gathered, Sending.Ended ended) {
    try {
      for (Parcel parcel : closing.closeFinished(gathered)) {
        closing.close(parcel, ended.held());
      }
    } catch (RuntimeException e) {
      LOG.error("gathered parcels are closed by their own hints: {}", Failures.tell(e));
    }
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
    closing.close(parcel.withoutRedrive(), Map.of());
    return false;
  }

  private void begin(Parcel parcel, Deadline deadline, Grouping grouping, List<Parcel> begun) {
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
      inWork = beginTaken(parcel, deadline, grouping, begun, now);
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
      Parcel parcel, Deadline deadline, Grouping grouping, List<Parcel> begun, Instant now) {
    // neither failed nor put off by what was changed a moment ago
    Account account =
        accounts.find(parcel.account(), known -> isLive(known, parcel.dispatch())).orElse(null);
    Dispatch dispatch = account == null ? null : account.dispatch(parcel.dispatch()).orElse(null);
    if (account == null || dispatch == null) {
      reopen(parcel, now);
      faults.unconfigured(
          parcel,
          parcel.ids(),
          "there is no dispatch " + parcel.dispatch() + " in account " + parcel.account(),
          now);
      closing.close(parcel, Map.of());
      return false;
    }
    if (dispatch.state() == Dispatch.State.PAUSED) {
      parcels.defer(parcel.id(), now.plus(PAUSED_AGAIN));
      return false;
    }
    reopen(parcel, now);
    addOpen(parcel, parcel.ids(), account, dispatch, grouping, deadline);
    begun.add(parcel);
    telemetry.begun(parcel, now);
    return true;
  }

  private static boolean isLive(Account account, String dispatch) {
    return account
        .dispatch(dispatch)
        .filter(known -> known.state() == Dispatch.State.LIVE)
        .isPresent();
  }

  /**
   * Groups the rows that may go out.
   *
   * @param parcel that is named when they cannot
   */
  private void addOpen(
      Parcel parcel,
      List<String> ids,
      Account account,
      Dispatch dispatch,
      Grouping grouping,
      Deadline deadline) {
    Instant now = deadline.clock().instant();
    Set<InvitationState> claimable = InvitationState.SENDING.from(InvitationState.Cause.CLAIM);
    Instant soon = now.plus(RollingWindow.SHORT_RETRY);
    List<Invitation> open =
        invitations.load(ids).stream()
            .filter(row -> claimable.contains(row.state()) && !row.notBefore().isAfter(soon))
            .toList();
    Instant sendUntil = deadline.at().plus(RollingWindow.CLOCK_SKEW);
    List<Invitation> passed = gate.pass(account, dispatch, open, now, sendUntil);
    grouping.add(parcel, account, dispatch, passed, now);
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
      closing.close(parcel, Map.of());
    }
    return trial == Trial.TAKEN;
  }
}
