package dev.beckon.filedrop;

import dev.beckon.account.Account;
import dev.beckon.account.AccountSource;
import dev.beckon.account.Dispatch;
import dev.beckon.account.Feed;
import dev.beckon.intake.Intake;
import dev.beckon.intake.IntakeRequest;
import dev.beckon.intake.Receipt;
import dev.beckon.intake.Refusal;
import dev.beckon.intake.Row;
import dev.beckon.invitation.InvitationState;
import dev.beckon.parcel.Lane;
import dev.beckon.telemetry.Meter;
import dev.beckon.telemetry.Metric;
import dev.beckon.telemetry.Tag;
import dev.beckon.telemetry.Telemetry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts the rows of one chunk. Running it again gives the same result. Thread-safe. */
public final class ChunkIntake {
  private static final Logger LOG = LoggerFactory.getLogger(ChunkIntake.class);

  /** A released import holds its feed's lock this long after each of its chunks. */
  private static final Duration LOCK = Duration.ofMinutes(15);

  private final AccountSource accounts;
  private final ImportStore imports;
  private final Intake intake;
  private final ChunkFile chunkFile;
  private final ImportEnd end;
  private final Clock clock;
  private final Telemetry telemetry;

  ChunkIntake(FileDropParts parts) {
    this.accounts = parts.accounts();
    this.imports = parts.imports();
    this.intake = parts.intake();
    this.chunkFile = new ChunkFile(parts.sealer(), parts.objects());
    this.end = new ImportEnd(parts);
    this.clock = parts.clock();
    this.telemetry = parts.telemetry();
  }

  /** Accepts a chunk; unknown ones and those accepted already are no error. */
  public void accept(String chunkId) {
    Chunk chunk = imports.chunk(chunkId).orElse(null);
    Import dropped = chunk == null ? null : imports.find(chunk.importId()).orElse(null);
    if (chunk == null || dropped == null) {
      return;
    }
    telemetry.run("chunk", dropped.tags(), () -> accept(chunk, dropped));
  }

  private void accept(Chunk chunk, Import dropped) {
    Instant releasedAt = dropped.releasedAt();
    if (dropped.state().isFinal()) {
      end.conclude(dropped); // the worker that ended the import may have died just then
      return;
    }
    if (dropped.state() != Import.State.RELEASED || releasedAt == null) {
      return;
    }
    if (!chunk.accepted()) {
      Account account =
          accounts
              .find(dropped.account())
              .orElseThrow(
                  () -> new IllegalStateException("account " + dropped.account() + " is gone"));
      acceptRows(chunk, dropped, account, releasedAt);
      if (imports.find(dropped.id()).filter(now -> now.state().isFinal()).isPresent()) {
        return; // cancelled meanwhile: dispatch drops the rows, and the feed's lock is another's
      }
      imports.lock(dropped.feed(), dropped.id(), clock.instant(), clock.instant().plus(LOCK));
    }
    end.finishIfDone(dropped);
  }

  private void acceptRows(Chunk chunk, Import dropped, Account account, Instant releasedAt) {
    Feed feed = account.feeds().get(dropped.feed());
    if (feed == null) {
      throw new IllegalStateException(
          "feed " + dropped.feed() + " was taken out of account " + account.id());
    }
    Dispatch dispatch = account.requireDispatch(dropped.dispatch());
    Columns columns = new Columns(dropped.header(), feed, dispatch);
    List<Refusal> refusals = new ArrayList<>();
    List<Row> rows = columns.sound(chunkFile.readRows(account.id(), chunk), refusals);
    IntakeRequest request =
        new IntakeRequest(
            account,
            dispatch,
            dropped.id(),
            Integer.toString(chunk.number()),
            Lane.BULK,
            releasedAt,
            rows);
    Receipt receipt = telemetry.call("intake", dropped.tags(), () -> intake.accept(request));
    refusals.addAll(receipt.refused());
    refusals.sort(Refusal.BY_ROW);
    chunkFile.writeRefusals(account.id(), chunk, refusals);
    if (imports.acceptChunk(chunk.id(), totals(refusals, receipt))) {
      count(dropped, chunk.rows(), refusals.size(), receipt);
    }
    LOG.info(
        "chunk={} rows={} refused={} stored={}",
        chunk.id(),
        chunk.rows(),
        refusals.size(),
        receipt.stored());
  }

  /** Once a chunk, by whoever marked it: a chunk that is delivered again changes no figure. */
  private void count(Import dropped, int rows, int refused, Receipt receipt) {
    Map<Tag, String> about = dropped.tags();
    Meter meter = telemetry.meter();
    meter.add(Metric.IMPORT_ROWS, about, rows);
    meter.add(Metric.REFUSED, about, refused);
    meter.add(Metric.ACCEPTED, about, receipt.stored().getOrDefault(InvitationState.ACCEPTED, 0));
  }

  private static Import.Totals totals(List<Refusal> refusals, Receipt receipt) {
    Map<String, Integer> refused = new HashMap<>();
    refusals.forEach(refusal -> refused.merge(refusal.code(), 1, Integer::sum));
    Map<String, Integer> stored = new HashMap<>();
    receipt.stored().forEach((state, rows) -> stored.put(state.name(), rows));
    return new Import.Totals(refused, stored);
  }
}
