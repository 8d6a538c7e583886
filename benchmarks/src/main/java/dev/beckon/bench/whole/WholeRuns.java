package dev.beckon.bench.whole;

import dev.beckon.account.Account;
import dev.beckon.bench.worker.BenchAccount;
import dev.beckon.bench.worker.MadeUp;
import dev.beckon.config.ConfigKey;
import dev.beckon.intake.IntakeRequest;
import dev.beckon.intake.Row;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.JournalEntry;
import dev.beckon.local.cloud.AwsSide;
import dev.beckon.local.cloud.AzureSide;
import dev.beckon.local.demo.SampleRows;
import dev.beckon.parcel.Lane;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** An import from its drop to its last mail, and single invitations meanwhile. */
public final class WholeRuns {
  private static final String SINGLES = "singles";
  private static final String WARM = "warm";
  private static final int WARM_ROWS = 500;
  private static final int UPDATES_EACH = 3;
  private static final long SEED = 20_261_101;
  private static final int CEILING_BATCHES = 10;
  private static final Duration BETWEEN_SINGLES = Duration.ofMillis(100);

  /** The most that one page of the store holds. */
  private static final int MOST_SINGLES = 10_000;

  private final Path folder;
  private final int rows;

  /**
   * @param folder takes logs and secrets
   * @param rows of the import
   */
  public WholeRuns(Path folder, int rows) {
    this.folder = folder;
    this.rows = rows;
  }

  /**
   * What a run showed.
   *
   * @param rowsPerSecond from the drop to the last mail
   * @param storeLimit a second: the embedded store's own inserts and updates, one insert and three
   *     updates for each row
   * @param singles how many were accepted during the import
   * @param p50 seconds from acceptance to SENT
   * @param p99 seconds from acceptance to SENT
   * @param slowest seconds from acceptance to SENT
   */
  public record Seen(
      double rowsPerSecond,
      double storeLimit,
      int singles,
      double p50,
      double p99,
      double slowest) {}

  /** Runs it through AWS's handlers. */
  public Seen onAws() throws IOException, InterruptedException {
    try (LocalRun<AwsSide> run = LocalRun.onAws(folder.resolve("whole"), 2)) {
      return seen(run);
    }
  }

  /**
   * Runs it through the staged app of Azure's functions, in one process.
   *
   * @param app the staged folder
   */
  public Seen onAzure(Path app) throws IOException, InterruptedException {
    try (LocalRun<AzureSide> run = LocalRun.onAzure(folder.resolve("whole-azure"), app)) {
      return seen(run);
    }
  }

  private Seen seen(LocalRun<?> run) throws IOException, InterruptedException {
    Ceiling ceiling =
        Ceiling.of(
            run.cloud().workerEnvironment().getOrDefault(ConfigKey.MONGO_URI.variable(), ""),
            CEILING_BATCHES);
    run.configure(run.account(1)); // no text is sent here
    run.workers(1);
    warmUp(run);
    Instant begun = Instant.now();
    run.drop("customers/incoming/customers.csv", out -> SampleRows.writeCustomers(out, rows, SEED));
    int singles = acceptUntilOver(run);
    Duration took = Duration.between(begun, Instant.now());
    LocalRun.await("all singles are sent", () -> run.isSent(SINGLES));
    double[] waits = waits(run);
    if (waits.length < singles) {
      throw new IllegalStateException(
          "only " + waits.length + " of " + singles + " single invitations were sent");
    }
    return new Seen(
        rows / (took.toMillis() / 1e3),
        1 / (1 / ceiling.inserts() + UPDATES_EACH / ceiling.updates()),
        singles,
        quantile(waits, 0.5),
        quantile(waits, 0.99),
        quantile(waits, 1));
  }

  /** A cold start is another question: both lanes have worked once before anything is timed. */
  private static void warmUp(LocalRun<?> run) throws IOException, InterruptedException {
    run.drop(
        "customers/incoming/warm.csv", out -> SampleRows.writeCustomers(out, WARM_ROWS, SEED + 1));
    accept(run, WARM, 1, MadeUp.rows(1).getFirst());
    LocalRun.await("the worker is warm", () -> run.isOver(1) && run.isSent(WARM));
  }

  private static void accept(LocalRun<?> run, String batch, int part, Row row) {
    Account account = run.stores().accounts().find(BenchAccount.ID).orElseThrow();
    run.cloud()
        .application()
        .imports()
        .intake()
        .accept(
            new IntakeRequest(
                account,
                account.requireDispatch("mail-0"),
                batch,
                Integer.toString(part),
                Lane.PRIORITY,
                Instant.now(),
                List.of(row)));
  }

  private static int acceptUntilOver(LocalRun<?> run) throws InterruptedException {
    List<Row> madeUp = MadeUp.rows(MOST_SINGLES);
    int accepted = 0;
    boolean over = false;
    Instant look = Instant.MIN;
    while (!over && accepted < MOST_SINGLES) {
      Row row = madeUp.get(accepted++);
      accept(run, SINGLES, accepted, row);
      Thread.sleep(BETWEEN_SINGLES);
      if (Instant.now().isAfter(look)) {
        over = run.isOver(2);
        look = Instant.now().plusSeconds(1);
      }
    }
    return accepted;
  }

  /** Seconds from acceptance to SENT, by the journals, shortest first. */
  private static double[] waits(LocalRun<?> run) {
    return run
        .stores()
        .invitations()
        .page(SINGLES, Set.of(InvitationState.SENT), "", MOST_SINGLES)
        .stream()
        .mapToDouble(WholeRuns::wait)
        .sorted()
        .toArray();
  }

  private static double wait(Invitation invitation) {
    JournalEntry sent =
        invitation.journal().stream()
            .filter(entry -> entry.state() == InvitationState.SENT)
            .findFirst()
            .orElseThrow();
    return Duration.between(invitation.acceptedAt(), sent.at()).toMillis() / 1e3;
  }

  private static double quantile(double[] sorted, double share) {
    int at = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.clamp(at, 0, sorted.length - 1)];
  }
}
