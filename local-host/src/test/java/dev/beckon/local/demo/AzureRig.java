package dev.beckon.local.demo;

import static com.mongodb.client.model.Filters.eq;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueClientBuilder;
import com.azure.storage.queue.QueueServiceVersion;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.beckon.app.Stores;
import dev.beckon.azure.platform.AzurePlatform;
import dev.beckon.config.ConfigKey;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.events.Event;
import dev.beckon.filedrop.Import;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.local.Parts;
import dev.beckon.local.cloud.AzureSide;
import dev.beckon.local.cloud.FunctionsWorkers;
import dev.beckon.local.cloud.LocalCloud;
import dev.beckon.local.functions.FunctionsHostProcess;
import dev.beckon.local.functions.FunctionsHostSettings;
import dev.beckon.local.installation.AccountFile;
import dev.beckon.parcel.Parcel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.bson.conversions.Bson;

/**
 * A local Azure with the sample account and the staged function app on it, its waits as short as
 * they can be; without Node whoever starts it is skipped.
 */
final class AzureRig implements AutoCloseable {
  private static final String HEADER =
      "email,first_name,last_name,phone,language,city,store,visit_date,order_id,order_url,amount,note\n";

  private static final String LOG = "host.log";

  /** Leases of 2 s, and failed messages back after one. */
  private static final int SOONER = 300;

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  final LocalCloud<AzureSide> cloud;
  final AzurePlatform platform;
  private final Path folder;
  private final MongoClient mongo;
  private final Parts parts = new Parts();

  private AzureRig(LocalCloud<AzureSide> cloud, Path folder) {
    this.cloud = parts.keep(cloud);
    this.folder = folder;
    this.mongo =
        parts.keep(
            MongoClients.create(cloud.workerEnvironment().get(ConfigKey.MONGO_URI.variable())));
    this.platform = new AzurePlatform(RuntimeConfig.of(cloud.workerEnvironment()));
  }

  /** Starts the servers, no host yet. */
  static AzureRig start(Path folder, Duration latency) throws IOException {
    AzureRig rig =
        new AzureRig(
            LocalCloud.start(new LocalCloud.Options(folder, 0, 0, latency), AzureSide::start),
            folder);
    rig.cloud
        .application()
        .configure(
            AccountFile.read(
                Rig.SAMPLES.resolve("account.json"), rig.cloud.placeholders(), Map.of()));
    return rig;
  }

  /** Starts a host and waits until it works. */
  FunctionsHostProcess host() throws IOException, InterruptedException {
    FunctionsHostProcess host =
        parts.keep(
            new FunctionsHostProcess(
                FunctionsHostSettings.of(FunctionsWorkers.stagedIn(Path.of("..")))
                    .on(cloud.side().port())
                    .faster(SOONER)
                    .withTimersEvery(Duration.ofSeconds(2)),
                folder.resolve(LOG),
                256,
                List.of("-XX:TieredStopAtLevel=1"),
                cloud.workerEnvironment()));
    host.awaitListening(Duration.ofMinutes(2));
    return host;
  }

  String drop(String name, String rows) {
    String key = "store-visits/incoming/" + name;
    cloud.bucket().write(key, (HEADER + rows).getBytes(StandardCharsets.UTF_8));
    return key;
  }

  Stores stores() {
    return cloud.application().stores();
  }

  Import imported(String name) {
    return stores().imports().newest(100).stream()
        .filter(i -> i.fileName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  Parcel parcel(String id) {
    return stores().parcels().load(List.of(id)).get(id);
  }

  List<Invitation> invitations(List<String> ids) {
    return stores().invitations().load(ids);
  }

  /** Of a file's rows; none while there is no parcel of them. */
  long count(String name, InvitationState state) {
    return stores().imports().newest(100).stream()
        .filter(i -> i.fileName().equals(name))
        .flatMap(i -> stores().parcels().load(List.of(i.id() + ".0.0")).values().stream())
        .mapToLong(
            parcel -> stores().invitations().countStates(parcel.ids()).getOrDefault(state, 0L))
        .sum();
  }

  List<String> events(String code) {
    return stores().events().newest(1_000).stream()
        .filter(event -> event.code().equals(code))
        .map(Event::message)
        .toList();
  }

  List<String> log() throws IOException {
    return Files.readAllLines(folder.resolve(LOG));
  }

  /** A queue as it is on the wire. */
  QueueClient raw(String queue) {
    return new QueueClientBuilder()
        .connectionString(cloud.side().azurite().connectionString())
        .httpClient(
            new JdkHttpClientBuilder(
                    java.net.http.HttpClient.newBuilder()
                        .version(java.net.http.HttpClient.Version.HTTP_1_1))
                .build())
        .serviceVersion(QueueServiceVersion.V2026_04_06)
        .queueName(queue)
        .buildClient();
  }

  /** Messages under way count as well. */
  void untilEmpty(String queue) {
    QueueClient client = raw(queue);
    until(queue + " is empty", () -> client.getProperties().getApproximateMessagesCountLong() == 0);
  }

  void untilEnded(String name) {
    until(
        name + " has ended",
        () ->
            stores().imports().newest(100).stream()
                .anyMatch(i ->
                    i.fileName().equals(name)
                        && i.state().isFinal()
                        && stores().parcels().open(i.id()) == 0));
  }

  void until(String what, BooleanSupplier holds) {
    Instant end = Instant.now().plus(PATIENCE);
    while (!holds.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("waited in vain until " + what);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  void change(String invitation, Bson change) {
    mongo
        .getDatabase(RuntimeConfig.of(cloud.workerEnvironment()).text(ConfigKey.DATABASE))
        .getCollection("invitations")
        .updateOne(eq("_id", invitation), change);
  }

  @Override
  public void close() {
    parts.close();
    platform.close();
  }
}
