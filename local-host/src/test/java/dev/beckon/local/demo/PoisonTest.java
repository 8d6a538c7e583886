package dev.beckon.local.demo;

import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.storage.queue.models.QueueStorageException;
import dev.beckon.app.Application;
import dev.beckon.app.Delivery;
import dev.beckon.app.EntryPoint;
import dev.beckon.azure.QueueNames;
import dev.beckon.azure.platform.AzurePlatform;
import dev.beckon.config.ConfigKey;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.filedrop.Import;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.local.functions.FunctionsHostProcess;
import dev.beckon.local.servers.NeedsAzurite;
import dev.beckon.parcel.Deadline;
import dev.beckon.parcel.Hint;
import dev.beckon.parcel.Parcel;
import dev.beckon.vendors.Vendors;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bad messages and dying hosts on the staged app: what would block a queue ends where somebody is
 * told of it, and its neighbours go on. A file of 2 GB is {@code LargeBlobTest}'s.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(NeedsAzurite.class)
class PoisonTest {
  private static final int LARGEST = 64 * 1024;

  @TempDir static Path folder;
  private static AzureRig rig;
  private static FunctionsHostProcess host;

  /** Of two rows, the second of which cannot be read. */
  private static Parcel bad;

  private static String token;

  @BeforeAll
  static void start() throws Exception {
    rig = AzureRig.start(folder, Duration.ofMillis(15));
    bad = parcelWithABadRow();
    host = rig.host();
  }

  @AfterAll
  static void stop() {
    if (rig != null) {
      rig.close();
    }
  }

  /** Made before the host is there, so that no worker is faster than the damage. */
  private static Parcel parcelWithABadRow() {
    String key = rig.drop("bad.csv", row("good") + row("bad"));
    Deadline deadline = Deadline.in(Duration.ofMinutes(2), Clock.systemUTC());
    rig.cloud.application().fileDrop(List.of(key), List.of(), deadline);
    String batch = rig.imported("bad.csv").id();
    rig.cloud.application().chunks(List.of(new Delivery("c", Hint.chunk(batch + ".0"))), deadline);
    Parcel parcel = rig.parcel(batch + ".0.0");
    token = rig.invitations(parcel.ids()).getLast().token();
    rig.change(parcel.ids().getLast(), unset("token"));
    return parcel;
  }

  @Order(1)
  @ParameterizedTest
  @ValueSource(
      strings = {QueueNames.FILES, QueueNames.CHUNKS, QueueNames.PRIORITY, QueueNames.BULK})
  void message_notInBase64_isRecordedAndItsNeighboursGoOn(String queue) throws Exception {
    String body = "für niemanden {" + "x".repeat(queue.length());
    rig.raw(queue).sendMessage(body);
    rig.drop("beside-" + queue + ".csv", row("beside-" + queue));

    String what = "a message of " + body.length() + " characters on the ";
    rig.until(
        "it is recorded", () -> undecodable().stream().anyMatch(text -> text.startsWith(what)));
    rig.untilEnded("beside-" + queue + ".csv");
    assertThat(rig.count("beside-" + queue + ".csv", InvitationState.SENT)).isOne();
  }

  @Order(1)
  @Test
  void message_asLargeAsStorageTakes_isRecorded_andOneByteMoreIsReturned() throws Exception {
    String fitting = "y".repeat(LARGEST / 4 * 3);

    assertThat(rig.platform.queue(EntryPoint.DISPATCH_PRIORITY).send(List.of(fitting))).isEmpty();
    rig.raw(QueueNames.PRIORITY).sendMessage("{" + "z".repeat(LARGEST - 1));

    rig.until(
        "both are recorded",
        () ->
            undecodable().stream().anyMatch(text -> text.contains(" 49152 characters"))
                && undecodable().stream().anyMatch(text -> text.contains(" 65536 characters")));
    rig.untilEmpty(QueueNames.PRIORITY);
    assertThat(rig.platform.queue(EntryPoint.DISPATCH_PRIORITY).send(List.of(fitting + "y")))
        .containsExactly(fitting + "y");
    assertThatThrownBy(() -> rig.raw(QueueNames.PRIORITY).sendMessage("{" + "z".repeat(LARGEST)))
        .isInstanceOfSatisfying(
            QueueStorageException.class, e -> assertThat(e.getStatusCode()).isEqualTo(413));
  }

  @Order(1)
  @Test
  void event_ofAFileThatIsGone_isAcknowledged() throws Exception {
    rig.raw(QueueNames.FILES)
        .sendMessage(
            """
            {"eventType": "Microsoft.Storage.BlobCreated",
             "topic": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/devstoreaccount1",
             "subject": "/blobServices/default/containers/beckon-files/blobs/store-visits/incoming/gone.csv",
             "data": {"api": "PutBlob"}}\
            """);

    rig.untilEmpty(QueueNames.FILES);
    assertThat(rig.stores().imports().newest(100))
        .extracting(Import::fileName)
        .doesNotContain("gone.csv");
    assertThat(rig.log()).noneMatch(line -> line.contains("to=" + QueueNames.FILES));
  }

  @Order(2)
  @Test
  void parcel_keepsFailing_isHalvedAfterTenAttempts_andEndsOnceTheRowIsRepaired() throws Exception {
    String half = bad.id() + "b";
    rig.until(
        "the bad row is alone and suspect",
        () ->
            rig.stores().parcels().load(List.of(half)).values().stream().anyMatch(Parcel::suspect));

    assertThat(rig.parcel(bad.id()).state()).isEqualTo(Parcel.State.SPLIT);
    assertThat(rig.parcel(half).ids()).containsExactly(bad.ids().getLast());
    rig.until(
        "the good row is sent", () -> rig.parcel(bad.id() + "a").state() == Parcel.State.DONE);
    assertThat(rig.invitations(bad.ids().subList(0, 1)))
        .extracting(Invitation::state)
        .containsExactly(InvitationState.SENT);
    assertThat(rig.events("parcel-dead-lettered"))
        .anyMatch(text -> text.contains("parcel " + bad.id() + " with 2 rows"))
        .anyMatch(text -> text.contains("parcel " + half + " with 1 rows"));
    assertThat(attempts(bad.id())).isEqualTo(10);

    rig.change(bad.ids().getLast(), set("token", token));

    rig.untilEnded("bad.csv");
    assertThat(rig.log())
        .as("of all that came before, only the bad parcel's messages were given up")
        .filteredOn(line -> line.contains("-poison"))
        .allMatch(line -> line.contains("to=" + QueueNames.BULK + QueueNames.POISON));
    assertThat(rig.invitations(bad.ids()))
        .extracting(Invitation::state)
        .containsOnly(InvitationState.SENT);
    assertThat(rig.cloud.smtp().ledger().repeated()).isEmpty();
  }

  /** Last, for it takes away the host that all share. */
  @Order(3)
  @Test
  void host_killedInDispatch_itsMessageComesBackAndEveryRowEndsOnce() throws Exception {
    int rows = 1_200;
    rig.drop(
        "killed.csv",
        String.join("", IntStream.range(0, rows).mapToObj(i -> row("killed-" + i)).toList()));
    rig.until("some are known to be sent", () -> rig.count("killed.csv", InvitationState.SENT) > 0);
    host.kill();
    long sent = rig.count("killed.csv", InvitationState.SENT);
    long claimed = rig.count("killed.csv", InvitationState.SENDING);
    assertThat(claimed).isPositive();
    assertThat(sent + claimed).isLessThan(rows);
    assertThat(host.revive()).isTrue();

    rig.until(
        "the rest is sent", () -> rig.count("killed.csv", InvitationState.SENT) == rows - claimed);
    workLater(rig.imported("killed.csv").id() + ".0.0");
    rig.untilEnded("killed.csv");
    assertThat(rig.count("killed.csv", InvitationState.IN_DOUBT)).isEqualTo(claimed);
    assertThat(rig.count("killed.csv", InvitationState.SENT)).isEqualTo(rows - claimed);
    assertThat(rig.cloud.smtp().ledger().repeated()).isEmpty();
  }

  /** The timer and a worker forty minutes later, when the claims of the dead have run out. */
  private static void workLater(String parcel) {
    Map<String, String> environment = new HashMap<>(rig.cloud.workerEnvironment());
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

  private static List<String> undecodable() {
    return rig.events("message-undecodable");
  }

  /** Of a parcel, as its worker told of them. */
  private static long attempts(String parcel) throws IOException {
    return rig.log().stream().filter(line -> line.contains("parcel=" + parcel + " failed")).count();
  }
}
