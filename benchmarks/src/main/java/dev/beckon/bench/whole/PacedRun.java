package dev.beckon.bench.whole;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.bench.sinks.Arrivals;
import dev.beckon.bench.sinks.Counts;
import dev.beckon.bench.sinks.HttpSink;
import dev.beckon.local.cloud.AwsSide;
import dev.beckon.local.demo.SampleRows;
import java.io.IOException;
import java.nio.file.Path;

/** An import through a vendor account of limited rate, shared by four worker processes. */
public final class PacedRun {
  private static final int WORKERS = 4;
  private static final long SEED = 20_261_102;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path folder;
  private final int rows;
  private final int rate;
  private final int burst;

  /**
   * @param folder takes logs and secrets
   * @param rows of the import
   * @param rate requests a second the vendor account is limited to
   * @param burst how many more any second may see
   */
  public PacedRun(Path folder, int rows, int rate, int burst) {
    this.folder = folder;
    this.rows = rows;
    this.rate = rate;
    this.burst = burst;
  }

  /**
   * What the vendor saw.
   *
   * @param requests all of them
   * @param busiest the most in any second, wherever it begins
   * @param seconds from the first to the last
   */
  public record Seen(int requests, int busiest, double seconds) {}

  /** Runs it. */
  public Seen run() throws IOException, InterruptedException {
    Arrivals arrivals = new Arrivals();
    try (HttpSink vendor = HttpSink.start(new Counts(), arrivals);
        LocalRun<AwsSide> run = LocalRun.onAws(folder.resolve("paced"), 1)) {
      run.configure(limited(run.account(vendor.port())));
      run.workers(WORKERS);
      run.drop("callers/incoming/callers.tsv", out -> SampleRows.writeCallers(out, rows, SEED));
      LocalRun.await("the paced import is over", () -> run.isOver(1));
      return new Seen(arrivals.count(), arrivals.busiestSecond(), arrivals.seconds());
    }
  }

  private String limited(String account) throws IOException {
    ObjectNode root = (ObjectNode) JSON.readTree(account);
    JsonNode vendor = root.path("vendorAccounts").path("text-0");
    ((ObjectNode) vendor).putObject("limits").put("requestsPerSecond", rate).put("burst", burst);
    return root.toString();
  }
}
