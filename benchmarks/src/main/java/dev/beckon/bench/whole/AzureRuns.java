package dev.beckon.bench.whole;

import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.models.QueueMessageItem;
import dev.beckon.account.Account;
import dev.beckon.app.EntryPoint;
import dev.beckon.azure.platform.AzurePlatform;
import dev.beckon.bench.worker.BenchAccount;
import dev.beckon.bench.worker.MadeUp;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.intake.IntakeRequest;
import dev.beckon.intake.Row;
import dev.beckon.local.cloud.AzureSide;
import dev.beckon.local.functions.FunctionsHostProcess;
import dev.beckon.local.functions.FunctionsHostSettings;
import dev.beckon.parcel.Lane;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * The staged app of Azure's functions in one process: how long it takes to start, and how many
 * messages it settles beside what the emulated queue gives out by itself.
 */
public final class AzureRuns {
  private static final int MEGABYTES = 512;
  private static final int AT_ONCE = 32;
  private static final long LOOK_EVERY_MILLIS = 10;
  private static final double NANOS = 1e9;

  private final Path folder;
  private final Path app;

  /**
   * @param app the staged folder
   */
  public AzureRuns(Path folder, Path app) {
    this.folder = folder;
    this.app = app;
  }

  /**
   * Medians, in milliseconds from the start of the process.
   *
   * @param answered a first request has its answer
   * @param settled a mail that waited is at its vendor, and the store knows
   */
  public record Start(double answered, double settled) {}

  /**
   * What a warm app does with single invitations.
   *
   * @param parcels of one mail each, settled a second
   * @param sent messages that the emulated queue takes a second from one thread
   * @param taken messages that it gives out by 32 and forgets one by one, a second, to one thread
   */
  public record Messages(double parcels, double sent, double taken) {}

  /** Starts the app so many times, each time with a mail waiting. */
  public Start starts(int rounds) throws IOException, InterruptedException {
    List<Double> answered = new ArrayList<>();
    List<Double> settled = new ArrayList<>();
    try (LocalRun<AzureSide> run = LocalRun.onAzure(folder.resolve("azure-starts"), app)) {
      run.configure(run.account(1));
      for (int round = 0; round < rounds; round++) {
        String batch = "start-" + round;
        accept(run, batch, 1, MadeUp.rows(round + 1).getLast());
        long begun = System.nanoTime();
        try (FunctionsHostProcess process = process(run, round)) {
          until(() -> answers(run.cloud().publicUrl()), process);
          answered.add(millisSince(begun));
          until(() -> run.isSent(batch), process);
          settled.add(millisSince(begun));
        }
      }
    }
    return new Start(median(answered), median(settled));
  }

  private FunctionsHostProcess process(LocalRun<AzureSide> run, int round) throws IOException {
    return new FunctionsHostProcess(
        FunctionsHostSettings.of(app).on(run.cloud().side().port()),
        folder.resolve("azure-start-" + round + ".log"),
        MEGABYTES,
        List.of(),
        run.cloud().workerEnvironment());
  }

  /** Has a warm app settle so many parcels of one mail; measures the queue alone before. */
  public Messages messages(int number) throws IOException, InterruptedException {
    try (LocalRun<AzureSide> run = LocalRun.onAzure(folder.resolve("azure-messages"), app)) {
      double[] alone = alone(run, number);
      run.configure(run.account(1));
      run.workers(1);
      List<Row> rows = MadeUp.rows(2 * number);
      settle(run, "warm", rows.subList(0, number));
      double parcels = settle(run, "measured", rows.subList(number, 2 * number));
      return new Messages(parcels, alone[0], alone[1]);
    }
  }

  private static double settle(LocalRun<?> run, String batch, List<Row> rows)
      throws InterruptedException {
    long begun = System.nanoTime();
    for (int i = 0; i < rows.size(); i++) {
      accept(run, batch, i + 1, rows.get(i));
    }
    LocalRun.await("all mails of " + batch + " are sent", () -> run.isSent(batch));
    return rows.size() * NANOS / (System.nanoTime() - begun);
  }

  private static void accept(LocalRun<?> run, String batch, int part, Row row) {
    Account account = run.stores().accounts().find(BenchAccount.ID).orElseThrow();
    run.cloud()
        .application()
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

  /** Messages sent, and messages received and deleted, a second. */
  private static double[] alone(LocalRun<?> run, int number) {
    Map<String, String> variables = run.cloud().workerEnvironment();
    try (AzurePlatform platform = new AzurePlatform(RuntimeConfig.of(variables))) {
      QueueClient neighbour = platform.queueClient(EntryPoint.DISPATCH_BULK);
      QueueClient queue =
          platform.queueClient(
              URI.create(
                  neighbour.getQueueUrl().replace(neighbour.getQueueName(), "beckon-ceiling")));
      queue.create();
      round(queue, number);
      return round(queue, number);
    }
  }

  private static double[] round(QueueClient queue, int number) {
    long begun = System.nanoTime();
    for (int i = 0; i < number; i++) {
      queue.sendMessage("parcel/ceiling." + i);
    }
    long sent = System.nanoTime();
    int taken = 0;
    while (taken < number) {
      for (QueueMessageItem message : queue.receiveMessages(AT_ONCE)) {
        queue.deleteMessage(message.getMessageId(), message.getPopReceipt());
        taken++;
      }
    }
    return new double[] {
      number * NANOS / (sent - begun), number * NANOS / (System.nanoTime() - sent)
    };
  }

  private static boolean answers(String url) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
                  HttpRequest.newBuilder(URI.create(url + "/healthz")).build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false; // nobody listens yet
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the app starts", e);
    }
  }

  private static void until(BooleanSupplier holds, FunctionsHostProcess process)
      throws InterruptedException {
    while (!holds.getAsBoolean()) {
      if (!process.isAlive()) {
        throw new IllegalStateException("the functions host ended before it did anything");
      }
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
  }

  private static double millisSince(long begun) {
    return (System.nanoTime() - begun) / 1e6;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
