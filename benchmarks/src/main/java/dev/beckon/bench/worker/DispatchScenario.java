package dev.beckon.bench.worker;

import dev.beckon.account.Account;
import dev.beckon.app.Application;
import dev.beckon.app.Delivery;
import dev.beckon.bench.measure.Measured;
import dev.beckon.intake.Intake;
import dev.beckon.intake.IntakeRequest;
import dev.beckon.intake.Receipt;
import dev.beckon.invitation.InvitationState;
import dev.beckon.parcel.Deadline;
import dev.beckon.parcel.Hint;
import dev.beckon.parcel.Lane;
import dev.beckon.parcel.Parcel;
import dev.beckon.parcel.RowSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Parcels to settled invitations: each call is an invocation that is handed the parcels of one
 * batch of up to 10,000 rows, as a queue would hand them.
 */
final class DispatchScenario implements Measured {
  /** Batches of one worker before their names come again. */
  private static final int BATCHES = 10_000;

  private static final Duration INVOCATION = Duration.ofMinutes(2);

  private final Bed bed;
  private final Account account;
  private final String dispatch;
  private final int rowsPerCall;
  private final int calls;
  private final int firstBatch;
  private final List<List<Delivery>> next = new ArrayList<>();
  private int batches;

  /**
   * @param order its scenario: a dispatch of the benchmarks' account, also the kind of its rows at
   *     the sink; its size: invitations of a round, in whole calls of 10,000 where it is more
   */
  DispatchScenario(Bed bed, Order order) {
    int size = order.size();
    this.bed = bed;
    this.dispatch = order.scenario();
    this.firstBatch = order.number() * BATCHES;
    this.rowsPerCall = Math.min(size, Intake.MOST_ROWS);
    this.calls = Math.max(1, size / rowsPerCall);
    Application application = bed.application();
    this.account = application.stores().accounts().find(BenchAccount.ID).orElseThrow();
    Receipt receipt =
        application
            .imports()
            .intake()
            .accept(
                new IntakeRequest(
                    account,
                    account.requireDispatch(dispatch),
                    dispatch + ".0000000",
                    "0",
                    Lane.BULK,
                    Instant.now(),
                    MadeUp.rows(rowsPerCall)));
    if (receipt.stored().getOrDefault(InvitationState.ACCEPTED, 0) != rowsPerCall) {
      throw new IllegalStateException("not all made-up rows were accepted: " + receipt);
    }
  }

  @Override
  public void prepare() {
    for (int call = 0; call < calls; call++) {
      String batch = "%s.%07d".formatted(dispatch, firstBatch + ++batches);
      List<Parcel> parcels = new ArrayList<>();
      for (int from = 0; from < rowsPerCall; from += Parcel.MOST_ROWS) {
        int to = Math.min(from + Parcel.MOST_ROWS, rowsPerCall);
        parcels.add(parcel(batch, from, to));
      }
      bed.application().stores().parcels().insert(parcels);
      next.add(
          parcels.stream()
              .map(parcel -> new Delivery(parcel.id(), Hint.parcel(parcel.id())))
              .toList());
    }
  }

  private Parcel parcel(String batch, int from, int to) {
    Instant now = Instant.now();
    return new Parcel(
        batch + ".0." + from / Parcel.MOST_ROWS,
        account.id(),
        dispatch,
        batch,
        Lane.BULK,
        RowSet.of(IntStream.rangeClosed(from + 1, to).boxed().toList()),
        Parcel.State.READY,
        now,
        now,
        null,
        false);
  }

  @Override
  public Done run() {
    long settledBefore = bed.counts().of("settled");
    for (List<Delivery> deliveries : next) {
      Set<String> again =
          bed.application().dispatch(deliveries, Deadline.in(INVOCATION, Clock.systemUTC()));
      if (!again.isEmpty()) {
        throw new IllegalStateException("parcels were not finished: " + again);
      }
    }
    long done = (long) next.size() * rowsPerCall;
    next.clear();
    long settled = bed.counts().of("settled") - settledBefore;
    if (settled < done) {
      throw new IllegalStateException(
          settled + " of " + done + " invitations were settled as SENT; the sinks take them all");
    }
    return Done.of(done);
  }

  @Override
  public void close() {
    bed.close();
  }
}
