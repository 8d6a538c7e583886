package dev.beckon.batch;

import dev.beckon.access.Caller;
import dev.beckon.access.KeyKind;
import dev.beckon.account.Account;
import dev.beckon.account.AccountSource;
import dev.beckon.account.Dispatch;
import dev.beckon.intake.Intake;
import dev.beckon.intake.IntakeRequest;
import dev.beckon.intake.Receipt;
import dev.beckon.intake.Row;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.invitation.InvitationStore.Standing;
import dev.beckon.invitation.Recipient;
import dev.beckon.parcel.Lane;
import dev.beckon.parcel.RowSet;
import dev.beckon.privacy.RecipientHasher;
import dev.beckon.privacy.RequestHasher;
import dev.beckon.telemetry.Meter;
import dev.beckon.telemetry.Metric;
import dev.beckon.telemetry.Telemetry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts the rows of requests, each request once however often it is sent. Thread-safe.
 *
 * <p>A request with a key has a batch id that is made from the key: every run of it stores the same
 * invitations under the same ids, with the moment of acceptance that the first run wrote down.
 * Intake leaves alone what is stored and finishes what is not, so a run that lost its hold to
 * another, or goes on after it, adds nothing and takes nothing away; the first receipt that is
 * written is read back from the store and stays.
 */
public final class Batches {
  private static final Logger LOG = LoggerFactory.getLogger(Batches.class);

  /** Twice as long as any request may take in a function. */
  static final Duration HOLD = Duration.ofSeconds(60);

  private static final String PREFIX = "api";

  /** 80 bits, as many as the ids of imports have. */
  private static final int ID_BYTES = 10;

  private static final RefusedRow NOT_LISTED =
      new RefusedRow(
          0,
          "recipients",
          "recipient-not-listed",
          "is nobody whom this team key may reach",
          "list the recipient with the key, or use a live key");

  private final AccountSource accounts;
  private final BatchStore batches;
  private final Intake intake;
  private final InvitationStore invitations;
  private final RecipientHasher recipients;
  private final RequestHasher requests;
  private final SecureRandom random;
  private final Clock clock;
  private final Telemetry telemetry;

  Batches(BatchParts parts) {
    this.accounts = parts.accounts();
    this.batches = parts.store();
    this.intake = parts.intake();
    this.invitations = parts.invitations();
    this.recipients = parts.recipients();
    this.requests = parts.requests();
    this.random = parts.random();
    this.clock = parts.clock();
    this.telemetry = parts.telemetry();
  }

  /** A request with what it concerns, and which of its rows may go on to intake. */
  private record Work(
      BatchRequest request,
      Account account,
      Dispatch dispatch,
      List<Row> allowed,
      List<RefusedRow> refused) {}

  /**
   * Accepts a request, or tells what an earlier run of it came to.
   *
   * @throws RuntimeException when the store fails; the same request again finishes what was begun
   */
  public BatchOutcome accept(BatchRequest request) {
    Account account =
        accounts
            .find(
                request.caller().account(),
                known -> known.dispatches().containsKey(request.dispatch()))
            .orElse(null);
    Dispatch dispatch = account == null ? null : account.dispatches().get(request.dispatch());
    if (account == null || dispatch == null) {
      return new BatchOutcome.NoDispatch();
    }
    Work work = allowed(request, account, dispatch);
    Batch asked = asked(request);
    boolean hopeless =
        work.allowed().stream().allMatch(row -> intake.reaches(row, dispatch).isEmpty());
    if (hopeless) {
      // An earlier run may have found another configuration, and done its work.
      Optional<Batch> there =
          request.key().isEmpty() ? Optional.empty() : batches.find(asked.account(), asked.id());
      return there.isEmpty()
          ? new BatchOutcome.AllRefused(refusals(asked, work))
          : again(asked, there.get(), work);
    }
    return batches.insert(asked)
        ? run(asked, work)
        : again(asked, batches.find(asked.account(), asked.id()).orElseThrow(), work);
  }

  /** Rows of a team key that could reach anybody else are refused before intake sees them. */
  private Work allowed(BatchRequest request, Account account, Dispatch dispatch) {
    List<RefusedRow> refused = new ArrayList<>(request.unreadable());
    if (request.caller().kind() != KeyKind.TEAM) {
      return new Work(request, account, dispatch, request.rows(), refused);
    }
    List<Row> allowed = new ArrayList<>(request.rows().size());
    for (Row row : request.rows()) {
      if (intake.reaches(row, dispatch).stream()
          .allMatch(recipient -> lists(request.caller(), recipient))) {
        allowed.add(row);
      } else {
        refused.add(NOT_LISTED.at(row.number()));
      }
    }
    return new Work(request, account, dispatch, allowed, refused);
  }

  private boolean lists(Caller caller, Recipient recipient) {
    return !Collections.disjoint(recipients.all(recipient), caller.recipients());
  }

  private Batch asked(BatchRequest request) {
    Caller caller = request.caller();
    // The store keeps milliseconds, and every run has to say the same moment.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Duration delay = request.delay();
    Instant sendAt = delay == null ? request.sendAt() : now.plus(delay);
    return new Batch(
        request.key().map(key -> id(caller, request.dispatch(), key)).orElseGet(this::newId),
        caller.account(),
        request.dispatch(),
        caller.name(),
        now,
        sendAt == null || sendAt.isBefore(now) ? null : sendAt.truncatedTo(ChronoUnit.MILLIS),
        request.size(),
        request.key().isEmpty() ? "" : requests.hash("body", request.body()),
        now.plus(HOLD),
        null);
  }

  /**
   * Keyed, for callers put all kinds of things in their keys and ids are shown. What a team key may
   * reach decides what is refused, so it has requests of its own.
   */
  private String id(Caller caller, String dispatch, String key) {
    String team = caller.kind() == KeyKind.TEAM ? caller.id() : "";
    return PREFIX
        + requests
            .hash("invitations", caller.account(), dispatch, team, key)
            .substring(0, 2 * ID_BYTES);
  }

  private String newId() {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return PREFIX + HexFormat.of().formatHex(id);
  }

  private BatchOutcome again(Batch asked, Batch there, Work work) {
    if (!there.fingerprint().equals(asked.fingerprint())) {
      return new BatchOutcome.KeyReused();
    }
    BatchReceipt receipt = there.receipt();
    if (receipt != null) {
      return new BatchOutcome.Accepted(there, receipt, true);
    }
    Instant now = asked.acceptedAt();
    if (there.until().isAfter(now)) {
      return new BatchOutcome.InProgress(
          Math.ceilDiv(Duration.between(now, there.until()).toMillis(), 1_000L));
    }
    return batches.takeOver(there.id(), there.until(), asked.until())
        ? run(there.heldUntil(asked.until()), work)
        : new BatchOutcome.InProgress(1);
  }

  private BatchOutcome run(Batch held, Work work) {
    try {
      return telemetry.call("batch", held.tags(), () -> finish(held, work));
    } catch (RuntimeException e) {
      letGo(held, e);
      throw e;
    }
  }

  /** The caller's next try need not wait for the hold to end. */
  private void letGo(Batch held, RuntimeException why) {
    try {
      batches.letGo(held.id(), held.until(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
    } catch (RuntimeException e) {
      why.addSuppressed(e);
    }
  }

  private BatchOutcome finish(Batch held, Work work) {
    List<RefusedRow> refused = new ArrayList<>(work.refused());
    intake.take(intakeRequest(held, work)).forEach(refusal -> refused.add(Refusals.of(refusal)));
    BatchReceipt receipt = receipt(held, refused);
    if (!batches.finish(held.id(), receipt)) {
      Batch done = batches.find(held.account(), held.id()).orElseThrow();
      return new BatchOutcome.Accepted(done, Objects.requireNonNull(done.receipt()), true);
    }
    count(held, receipt);
    LOG.info(
        "batch={} rows={} refused={} stored={}",
        held.id(),
        held.rows(),
        receipt.refusedCount(),
        receipt.storedCount());
    return new BatchOutcome.Accepted(held, receipt, false);
  }

  private static IntakeRequest intakeRequest(Batch held, Work work) {
    return new IntakeRequest(
        work.account(),
        work.dispatch(),
        held.id(),
        "0",
        Lane.PRIORITY,
        held.acceptedAt(),
        held.sendAt(),
        work.allowed());
  }

  /**
   * Read back from the store row by row: what an earlier run stored is stored, also where this one
   * would refuse it because the configuration was changed in between.
   */
  private BatchReceipt receipt(Batch held, List<RefusedRow> refused) {
    List<String> ids = new ArrayList<>(held.rows());
    for (int row = 0; row < held.rows(); row++) {
      ids.add(Invitation.id(held.id(), row));
    }
    Map<String, Standing> standings = invitations.standings(ids);
    Map<InvitationState, List<Integer>> stored = new EnumMap<>(InvitationState.class);
    for (int row = 0; row < held.rows(); row++) {
      Standing standing = standings.get(ids.get(row));
      if (standing != null) {
        stored
            .computeIfAbsent(Receipt.atIntake(standing.state()), any -> new ArrayList<>())
            .add(row);
      }
    }
    return BatchReceipt.of(
        stored,
        refused.stream().filter(row -> !standings.containsKey(ids.get(row.row()))).toList());
  }

  private List<RefusedRow> refusals(Batch asked, Work work) {
    List<RefusedRow> refused = new ArrayList<>(work.refused());
    intake
        .check(intakeRequest(asked, work))
        .refused()
        .forEach(refusal -> refused.add(Refusals.of(refusal)));
    refused.sort(RefusedRow.BY_ROW);
    return refused;
  }

  /** Once a batch, by whoever wrote its receipt. */
  private void count(Batch held, BatchReceipt receipt) {
    Meter meter = telemetry.meter();
    RowSet accepted = receipt.stored().get(InvitationState.ACCEPTED);
    meter.add(Metric.ACCEPTED, held.tags(), accepted == null ? 0 : accepted.size());
    meter.add(Metric.REFUSED, held.tags(), receipt.refusedCount());
  }
}
