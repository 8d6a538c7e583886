package dev.beckon.local.torture;

import dev.beckon.app.Stores;
import dev.beckon.config.ConfigKey;
import dev.beckon.filedrop.Import;
import dev.beckon.local.Parts;
import dev.beckon.local.cloud.AwsSide;
import dev.beckon.local.cloud.LocalCloud;
import dev.beckon.local.servers.FaultyVendor;
import dev.beckon.local.servers.SqsServer;
import dev.beckon.local.servers.SqsServer.QueuePair;
import dev.beckon.local.servers.StoreProxy;
import dev.beckon.local.servers.UntrustedServer;
import dev.beckon.local.worker.WorkerSettings;
import dev.beckon.parcel.Hint;
import dev.beckon.parcel.Parcel;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * A local cloud with everything that can go wrong on purpose: the store behind a proxy, a vendor
 * that misbehaves, workers that can be killed and frozen, a clock that jumps. Not thread-safe.
 */
final class Arena implements AutoCloseable {
  /** Long enough for a vendor's time-out and a settle, short enough to be cut off often. */
  private static final Duration FUNCTION_TIMEOUT = Duration.ofSeconds(20);

  /**
   * Six times the function's time-out in earnest; here shorter, so that messages of killed workers
   * come back within a round, some of them too soon.
   */
  private static final Duration VISIBILITY = Duration.ofSeconds(22);

  /** Past the life of a hint (30 min), the wake of imports and every claim. */
  static final Duration PAST_HINTS = Duration.ofMinutes(41);

  private final Parts parts = new Parts();
  private final LocalCloud<AwsSide> cloud;
  private final StoreProxy store;
  private final FaultyVendor vendor;
  private final UntrustedServer untrusted;
  private final SharedClock clock;
  private final SqsClient sqs;
  private final Crew crew;
  private int files;

  private Arena(Path folder, long seed, List<String> jvm) throws IOException {
    this.cloud =
        parts.keep(
            LocalCloud.start(
                new LocalCloud.Options(folder, 0.01, 0.05, Duration.ofMillis(30)),
                () -> AwsSide.start(FUNCTION_TIMEOUT, 2)));
    URI mongo = URI.create(cloud.workerEnvironment().get(ConfigKey.MONGO_URI.variable()));
    this.store = parts.keep(StoreProxy.start(mongo.getPort()));
    this.vendor = parts.keep(FaultyVendor.start(seed, 40));
    this.untrusted = parts.keep(UntrustedServer.start(folder));
    this.clock = SharedClock.in(folder);
    this.sqs = parts.keep(SqsServer.clientFor(cloud.side().worker().sqs()));
    for (QueuePair queue : queues()) {
      sqs.setQueueAttributes(request ->
          request
              .queueUrl(queue.url())
              .attributes(
                  Map.of(
                      QueueAttributeName.VISIBILITY_TIMEOUT,
                      Long.toString(VISIBILITY.toSeconds()))));
    }
    cloud
        .application()
        .configure(
            TortureAccount.json(
                vendor.url(), untrusted.url(), cloud.smtp().host(), cloud.smtp().port()));
    this.crew =
        parts.keep(new Crew(cloud, store.connectionString(), clock, jvm, folder, new Random(seed)));
  }

  /**
   * Starts the servers, no worker yet.
   *
   * @param jvm options of the workers' virtual machines
   */
  static Arena start(Path folder, long seed, List<String> jvm) throws IOException {
    return new Arena(folder, seed, jvm);
  }

  Stores stores() {
    return cloud.application().stores();
  }

  LocalCloud<AwsSide> cloud() {
    return cloud;
  }

  StoreProxy store() {
    return store;
  }

  FaultyVendor vendor() {
    return vendor;
  }

  UntrustedServer untrusted() {
    return untrusted;
  }

  SharedClock clock() {
    return clock;
  }

  Crew crew() {
    return crew;
  }

  /** Files dropped so far. */
  int files() {
    return files;
  }

  /** Messages that vendors took so far. */
  long sent() {
    return vendor.taken() + cloud.smtp().ledger().total();
  }

  void drop(TortureFile file) {
    cloud.bucket().write(file.key(), file.content().getBytes(StandardCharsets.UTF_8));
    files++;
  }

  /** Loses every hint at chunks and parcels. */
  void emptyQueues() {
    WorkerSettings worker = cloud.side().worker();
    for (QueuePair queue : List.of(worker.chunks(), worker.bulk())) {
      sqs.purgeQueue(request -> request.queueUrl(queue.url()));
    }
  }

  /**
   * Sends hints that were sent before.
   *
   * @param most how many parcels are hinted at again
   * @param delaySeconds how long the queue holds them back
   * @return how many hints were sent
   */
  int repeatHints(int most, int copies, int delaySeconds) {
    Instant far = Instant.now().plus(Duration.ofDays(3_650));
    List<String> bodies = new ArrayList<>();
    for (Parcel parcel : stores().parcels().due(far, far, most)) {
      bodies.add(Hint.parcel(parcel.id()));
    }
    for (Import open : stores().imports().open(most)) {
      stores().imports().chunks(open.id()).forEach(chunk -> bodies.add(Hint.chunk(chunk.id())));
    }
    for (String body : bodies) {
      QueuePair queue =
          body.startsWith("chunk/") ? cloud.side().worker().chunks() : cloud.side().worker().bulk();
      for (int i = 0; i < copies; i++) {
        sqs.sendMessage(
            request -> request.queueUrl(queue.url()).messageBody(body).delaySeconds(delaySeconds));
      }
    }
    return bodies.size() * copies;
  }

  /**
   * Moves waiting messages of dropped files to the dead letters, as ten receives would.
   *
   * @return how many
   */
  int killFileEvents() {
    QueuePair queue = cloud.side().worker().files();
    List<Message> waiting =
        sqs.receiveMessage(request ->
                request.queueUrl(queue.url()).maxNumberOfMessages(10).waitTimeSeconds(10))
            .messages();
    for (Message message : waiting) {
      sqs.sendMessage(
          request -> request.queueUrl(queue.deadLetterUrl()).messageBody(message.body()));
      sqs.deleteMessage(
          request -> request.queueUrl(queue.url()).receiptHandle(message.receiptHandle()));
    }
    return waiting.size();
  }

  /** Messages in the queue of parcels, those in hand included. */
  int parcelHints() {
    return depth(cloud.side().worker().bulk().url());
  }

  /** Messages of parcels that were received ten times. */
  int deadParcelHints() {
    return depth(cloud.side().worker().bulk().deadLetterUrl());
  }

  private int depth(String queue) {
    return sqs
        .getQueueAttributes(request ->
            request
                .queueUrl(queue)
                .attributeNames(
                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
        .attributes()
        .values()
        .stream()
        .mapToInt(Integer::parseInt)
        .sum();
  }

  /**
   * Ends all faults and lets time pass until nothing is under way any more.
   *
   * @param patience gives up after this
   * @return how it stands then
   */
  Standing calm(int workers, Duration patience) throws IOException {
    store.comesBack();
    vendor.turns(FaultyVendor.Weather.FAIR);
    Instant end = Instant.now().plus(patience);
    Standing last = null;
    int unchanged = 0;
    int finished = 0;
    while (true) {
      crew.fill(workers);
      Standing now = Standing.of(stores());
      finished = now.finished(files) ? finished + 1 : 0;
      // once more, an hour later: nothing may come up again
      if (finished == 4 || Instant.now().isAfter(end)) {
        return now;
      }
      unchanged = now.equals(last) ? unchanged + 1 : 0;
      last = now;
      if (finished == 1 || unchanged >= 4) {
        clock.jump(PAST_HINTS);
        unchanged = 0;
      }
      pause(Duration.ofSeconds(1));
    }
  }

  /** Waits; the campaign's own pace, not a synchronisation. */
  static void pause(Duration time) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(time.toMillis()));
  }

  private List<QueuePair> queues() {
    WorkerSettings worker = cloud.side().worker();
    return List.of(worker.files(), worker.chunks(), worker.priority(), worker.bulk());
  }

  @Override
  public void close() {
    parts.close();
  }
}
