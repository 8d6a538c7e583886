package dev.beckon.local.demo;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueClientBuilder;
import com.azure.storage.queue.QueueServiceVersion;
import com.azure.storage.queue.models.QueueStorageException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.beckon.app.Application;
import dev.beckon.app.Delivery;
import dev.beckon.app.EntryPoint;
import dev.beckon.app.Stores;
import dev.beckon.azure.QueueNames;
import dev.beckon.azure.platform.AzurePlatform;
import dev.beckon.azurite.AzuriteUnavailableException;
import dev.beckon.config.ConfigKey;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.events.Event;
import dev.beckon.filedrop.Import;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.local.functions.FunctionsHostProcess;
import dev.beckon.local.functions.FunctionsHostSettings;
import dev.beckon.local.installation.AccountFile;
import dev.beckon.parcel.Deadline;
import dev.beckon.parcel.Hint;
import dev.beckon.parcel.Parcel;
import dev.beckon.vendors.Vendors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bad messages and dying hosts on the staged app: what would block a queue ends where somebody is
 * told of it, and its neighbours go on. A file of 2 GB is {@code LargeBlobTest}'s.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PoisonTest {
  private static final String HEADER =
      "email,first_name,last_name,phone,language,city,store,visit_date,order_id,order_url,amount,note\n";

  /** Leases of 2 s, and failed messages back after one. */
  private static final int SOONER = 300;

  private static final int LARGEST = 64 * 1024;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir static Path folder;
  private static LocalCloud<AzureSide> cloud;
  private static AzurePlatform platform;
  private static FunctionsHostProcess host;
  private static MongoClient mongo;

  /** Of two rows, the second of which cannot be read. */
  private static Parcel bad;

  private static String token;

  @BeforeAll
  static void start() throws Exception {
    Path staged = FunctionsWorkers.stagedIn(Path.of(".."));
    try {
      cloud =
          LocalCloud.start(
              new LocalCloud.Options(folder, 0, 0, Duration.ofMillis(15)), AzureSide::start);
    } catch (AzuriteUnavailableException e) {
      assumeTrue(false, e.getMessage());
    }
    mongo = MongoClients.create(cloud.workerEnvironment().get(ConfigKey.MONGO_URI.variable()));
    platform = new AzurePlatform(RuntimeConfig.of(cloud.workerEnvironment()));
    cloud
        .application()
        .configure(
            AccountFile.read(Rig.SAMPLES.resolve("account.json"), cloud.placeholders(), Map.of()));
    bad = parcelWithABadRow();
    host =
        new FunctionsHostProcess(
            FunctionsHostSettings.of(staged)
                .on(cloud.side().port())
                .faster(SOONER)
                .withTimersEvery(Duration.ofSeconds(2)),
            folder.resolve("host.log"),
            256,
            List.of("-XX:TieredStopAtLevel=1"),
            cloud.workerEnvironment());
    host.awaitListening(Duration.ofMinutes(2));
  }

  @AfterAll
  static void stop() {
    if (host != null) {
      host.close();
    }
    if (platform != null) {
      platform.close();
    }
    if (mongo != null) {
      mongo.close();
    }
    if (cloud != null) {
      cloud.close();
    }
  }

  /** Made before the host is there, so that no worker is faster than the damage. */
  private static Parcel parcelWithABadRow() {
    String key = drop("bad.csv", row("good") + row("bad"));
    Deadline deadline = Deadline.in(Duration.ofMinutes(2), Clock.systemUTC());
    cloud.application().fileDrop(List.of(key), List.of(), deadline);
    String batch = imported("bad.csv").id();
    cloud.application().chunks(List.of(new Delivery("c", Hint.chunk(batch + ".0"))), deadline);
    Parcel parcel = parcel(batch + ".0.0");
    token = invitations(parcel.ids()).getLast().token();
    change(parcel.ids().getLast(), unset("token"));
    return parcel;
  }

  private static void change(String invitation, Bson change) {
    mongo
        .getDatabase(RuntimeConfig.of(cloud.workerEnvironment()).text(ConfigKey.DATABASE))
        .getCollection("invitations")
        .updateOne(eq("_id", invitation), change);
  }

  @Order(1)
  @ParameterizedTest
  @ValueSource(
      strings = {QueueNames.FILES, QueueNames.CHUNKS, QueueNames.PRIORITY, QueueNames.BULK})
  void message_notInBase64_isRecordedAndItsNeighboursGoOn(String queue) throws Exception {
    String body = "für niemanden {" + "x".repeat(queue.length());
    raw(queue).sendMessage(body);
    drop("beside-" + queue + ".csv", row("beside-" + queue));

    String what = "a message of " + body.length() + " characters on the ";
    until("it is recorded", () -> undecodable().stream().anyMatch(text -> text.startsWith(what)));
    untilEnded("beside-" + queue + ".csv");
    assertThat(count("beside-" + queue + ".csv", InvitationState.SENT)).isOne();
  }

  @Order(1)
  @Test
  void message_asLargeAsStorageTakes_isRecorded_andOneByteMoreIsReturned() throws Exception {
    String fitting = "y".repeat(LARGEST / 4 * 3);

    assertThat(platform.queue(EntryPoint.DISPATCH_PRIORITY).send(List.of(fitting))).isEmpty();
    raw(QueueNames.PRIORITY).sendMessage("{" + "z".repeat(LARGEST - 1));

    until(
        "both are recorded",
        () ->
            undecodable().stream().anyMatch(text -> text.contains(" 49152 characters"))
                && undecodable().stream().anyMatch(text -> text.contains(" 65536 characters")));
    untilEmpty(QueueNames.PRIORITY);
    assertThat(platform.queue(EntryPoint.DISPATCH_PRIORITY).send(List.of(fitting + "y")))
        .containsExactly(fitting + "y");
    assertThatThrownBy(() -> raw(QueueNames.PRIORITY).sendMessage("{" + "z".repeat(LARGEST)))
        .isInstanceOfSatisfying(
            QueueStorageException.class, e -> assertThat(e.getStatusCode()).isEqualTo(413));
  }

  @Order(1)
  @Test
  void event_ofAFileThatIsGone_isAcknowledged() throws Exception {
    raw(QueueNames.FILES)
        .sendMessage(
            """
            {"eventType": "Microsoft.Storage.BlobCreated",
             "topic": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/devstoreaccount1",
             "subject": "/blobServices/default/containers/beckon-files/blobs/store-visits/incoming/gone.csv",
             "data": {"api": "PutBlob"}}\
            """);

    untilEmpty(QueueNames.FILES);
    assertThat(stores().imports().newest(100))
        .extracting(Import::fileName)
        .doesNotContain("gone.csv");
    assertThat(log()).noneMatch(line -> line.contains("to=" + QueueNames.FILES));
  }

  @Order(2)
  @Test
  void parcel_keepsFailing_isHalvedAfterTenAttempts_andEndsOnceTheRowIsRepaired() throws Exception {
    String half = bad.id() + "b";
    until(
        "the bad row is alone and suspect",
        () -> stores().parcels().load(List.of(half)).values().stream().anyMatch(Parcel::suspect));

    assertThat(parcel(bad.id()).state()).isEqualTo(Parcel.State.SPLIT);
    assertThat(parcel(half).ids()).containsExactly(bad.ids().getLast());
    until("the good row is sent", () -> parcel(bad.id() + "a").state() == Parcel.State.DONE);
    assertThat(invitations(bad.ids().subList(0, 1)))
        .extracting(Invitation::state)
        .containsExactly(InvitationState.SENT);
    assertThat(events("parcel-dead-lettered"))
        .anyMatch(text -> text.contains("parcel " + bad.id() + " with 2 rows"))
        .anyMatch(text -> text.contains("parcel " + half + " with 1 rows"));
    assertThat(attempts(bad.id())).isEqualTo(10);

    change(bad.ids().getLast(), set("token", token));

    untilEnded("bad.csv");
    assertThat(log())
        .as("of all that came before, only the bad parcel's messages were given up")
        .filteredOn(line -> line.contains("-poison"))
        .allMatch(line -> line.contains("to=" + QueueNames.BULK + QueueNames.POISON));
    assertThat(invitations(bad.ids()))
        .extracting(Invitation::state)
        .containsOnly(InvitationState.SENT);
    assertThat(cloud.smtp().ledger().repeated()).isEmpty();
  }

  /** Last, for it takes away the host that all share. */
  @Order(3)
  @Test
  void host_killedInDispatch_itsMessageComesBackAndEveryRowEndsOnce() throws Exception {
    int rows = 1_200;
    drop(
        "killed.csv",
        String.join("", IntStream.range(0, rows).mapToObj(i -> row("killed-" + i)).toList()));
    until("some are known to be sent", () -> count("killed.csv", InvitationState.SENT) > 0);
    host.kill();
    long sent = count("killed.csv", InvitationState.SENT);
    long claimed = count("killed.csv", InvitationState.SENDING);
    assertThat(claimed).isPositive();
    assertThat(sent + claimed).isLessThan(rows);
    assertThat(host.revive()).isTrue();

    until("the rest is sent", () -> count("killed.csv", InvitationState.SENT) == rows - claimed);
    workLater(imported("killed.csv").id() + ".0.0");
    untilEnded("killed.csv");
    assertThat(count("killed.csv", InvitationState.IN_DOUBT)).isEqualTo(claimed);
    assertThat(count("killed.csv", InvitationState.SENT)).isEqualTo(rows - claimed);
    assertThat(cloud.smtp().ledger().repeated()).isEmpty();
  }

  /** The timer and a worker forty minutes later, when the claims of the dead have run out. */
  private static void workLater(String parcel) {
    Map<String, String> environment = new HashMap<>(cloud.workerEnvironment());
    environment.put(ConfigKey.CLOCK_SHIFT.variable(), "PT40M");
    RuntimeConfig config = RuntimeConfig.of(environment);
    AzurePlatform later = new AzurePlatform(config);
    try (Application application = Application.start(config, later, Vendors.catalog())) {
      Deadline deadline = Deadline.in(Duration.ofMinutes(2), later.clock());
      application.sweep(deadline);
      assertThat(application.dispatch(List.of(new Delivery("m", Hint.parcel(parcel))), deadline))
          .isEmpty();
    }
  }

  private static String row(String name) {
    return name + "@example.com,A,B,,en,Berlin,Mitte,2026-11-01,1,,3.50,\n";
  }

  private static String drop(String name, String rows) {
    String key = "store-visits/incoming/" + name;
    cloud.bucket().write(key, (HEADER + rows).getBytes(StandardCharsets.UTF_8));
    return key;
  }

  private static Stores stores() {
    return cloud.application().stores();
  }

  private static Import imported(String name) {
    return stores().imports().newest(100).stream()
        .filter(i -> i.fileName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Parcel parcel(String id) {
    return stores().parcels().load(List.of(id)).get(id);
  }

  private static List<Invitation> invitations(List<String> ids) {
    return stores().invitations().load(ids);
  }

  /** Of a file's rows; none while there is no parcel of them. */
  private static long count(String name, InvitationState state) {
    return stores().imports().newest(100).stream()
        .filter(i -> i.fileName().equals(name))
        .flatMap(i -> stores().parcels().load(List.of(i.id() + ".0.0")).values().stream())
        .mapToLong(
            parcel -> stores().invitations().countStates(parcel.ids()).getOrDefault(state, 0L))
        .sum();
  }

  private static List<String> events(String code) {
    return stores().events().newest(1_000).stream()
        .filter(event -> event.code().equals(code))
        .map(Event::message)
        .toList();
  }

  private static List<String> undecodable() {
    return events("message-undecodable");
  }

  private static List<String> log() throws IOException {
    return Files.readAllLines(folder.resolve("host.log"));
  }

  /** Of a parcel, as its worker told of them. */
  private static long attempts(String parcel) throws IOException {
    return log().stream().filter(line -> line.contains("parcel=" + parcel + " failed")).count();
  }

  /** A queue as it is on the wire. */
  private static QueueClient raw(String queue) {
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
  private static void untilEmpty(String queue) {
    QueueClient client = raw(queue);
    until(queue + " is empty", () -> client.getProperties().getApproximateMessagesCountLong() == 0);
  }

  private static void untilEnded(String name) {
    until(
        name + " has ended",
        () ->
            stores().imports().newest(100).stream()
                .anyMatch(i ->
                    i.fileName().equals(name)
                        && i.state().isFinal()
                        && stores().parcels().open(i.id()) == 0));
  }

  private static void until(String what, BooleanSupplier holds) {
    Instant end = Instant.now().plus(PATIENCE);
    while (!holds.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("waited in vain until " + what);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }
}
