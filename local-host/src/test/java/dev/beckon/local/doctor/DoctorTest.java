package dev.beckon.local.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.account.Change;
import dev.beckon.check.Finding;
import dev.beckon.check.Finding.Mark;
import dev.beckon.local.cloud.AwsSide;
import dev.beckon.local.cloud.LocalCloud;
import dev.beckon.local.demo.Rig;
import dev.beckon.local.doctor.Report.Entry;
import dev.beckon.local.installation.AccountFile;
import dev.beckon.local.servers.SqsServer;
import dev.beckon.parcel.Lane;
import dev.beckon.parcel.Parcel;
import dev.beckon.parcel.RowSet;
import dev.beckon.vendors.Vendors;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The doctor on a whole local cloud, sound and with one thing wrong at a time. */
class DoctorTest {
  @TempDir static Path folder;
  private static LocalCloud<AwsSide> cloud;
  private static SqsClient sqs;
  private static String secrets;

  private final Map<String, String> variables = new HashMap<>(cloud.workerEnvironment());

  @BeforeAll
  static void start() throws IOException {
    cloud =
        LocalCloud.start(
            LocalCloud.Options.in(folder), () -> AwsSide.start(Duration.ofMinutes(2), 2));
    sqs = SqsServer.clientFor(URI.create(cloud.workerEnvironment().get("BECKON_SQS_ENDPOINT")));
    secrets = Files.readString(folder.resolve("secrets.json"));
  }

  @AfterAll
  static void stop() {
    sqs.close();
    cloud.close();
  }

  @BeforeEach
  void configure() throws IOException {
    cloud.application().configure(account(cloud.placeholders()));
  }

  @AfterEach
  void restore() throws IOException {
    Files.writeString(folder.resolve("secrets.json"), secrets);
  }

  private static String account(Map<String, String> placeholders) throws IOException {
    return AccountFile.read(Rig.SAMPLES.resolve("account.json"), placeholders, Map.of());
  }

  /** No value of a secret is in any report. */
  private Report examine() throws IOException {
    Report report = Doctor.examine(variables, Vendors.catalog(), Duration.ofSeconds(20));
    for (JsonNode value : JsonMapper.builder().build().readTree(secrets)) {
      assertThat(report.toString()).doesNotContain(value.asText());
    }
    return report;
  }

  private static List<Finding> wrong(Report report) {
    return report.entries().stream()
        .map(Entry::finding)
        .filter(finding -> finding.mark() == Mark.WRONG)
        .toList();
  }

  private void secret(String name, String value) throws IOException {
    ObjectNode all = (ObjectNode) JsonMapper.builder().build().readTree(secrets);
    Files.writeString(folder.resolve("secrets.json"), all.put(name, value).toString());
  }

  @Test
  void soundCloud_hasNothingToMend_andEveryPartWasLookedAt() throws IOException {
    Report report = examine();

    assertThat(wrong(report)).isEmpty();
    assertThat(report.isSound()).isTrue();
    assertThat(report.entries())
        .filteredOn(entry -> entry.finding().mark() == Mark.GOOD)
        .extracting(Entry::area)
        .contains("configuration", "secrets", "queues", "bucket", "door", "store", "accounts")
        .contains("work", "vendor acme/mail", "vendor acme/bulk", "vendor acme/text");
    assertThat(cloud.bucket().list("beckon-doctor/", "", 10)).isEmpty();
    assertThat(cloud.smtp().ledger().total()).isZero();
  }

  @Test
  void configuration_everyProblemIsTold() throws IOException {
    variables.remove("BECKON_BUCKET");
    variables.put("BECKON_BULK_QEUE", "x");

    assertThat(wrong(examine()))
        .extracting(Finding::what)
        .anyMatch(what -> what.startsWith("BECKON_BUCKET is missing"))
        .anyMatch(what -> what.startsWith("BECKON_BULK_QEUE is not a key of Beckon"))
        .hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sparkpost-key     | fill-me      | secret://sparkpost-key is not filled",
        "sparkpost-key     | wrong-key    | SparkPost refuses the key",
        "messagebird-key   | wrong-key    | MessageBird refuses the access key",
        "beckon-master-key | fill-me      | secret://beckon-master-key is not filled",
        "beckon-master-key | c2hvcnQ=     | secret://beckon-master-key holds 40 bits, not 256",
        "beckon-hash-key   | not base64!  | secret://beckon-hash-key is not base64",
      })
  void secret_unfilledOrUnfit_isNamedWithARemedy(String name, String value, String what)
      throws IOException {
    secret(name, value);

    assertThat(wrong(examine()))
        .anySatisfy(finding -> {
          assertThat(finding.what()).isEqualTo(what);
          assertThat(finding.remedy()).isNotEmpty();
        });
  }

  @Test
  void store_withoutIndexes_namesThem_andIsSoundOnceMigrated() throws IOException {
    variables.put("BECKON_DATABASE", "fresh");

    assertThat(wrong(examine()))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.what())
              .matches("([0-9]+) of \\1 indexes are missing: .*")
              .contains("invitations (batch, state)", "events (-at)");
          assertThat(finding.remedy()).isEqualTo("run ./beckon migrate");
        });
  }

  @Test
  void store_thatDoesNotAnswer_isSaidOnce_andTheRestIsLookedAt() throws IOException {
    variables.put("BECKON_MONGO_URI", "mongodb://127.0.0.1:" + freePort());
    Report report = examine();

    assertThat(wrong(report))
        .singleElement()
        .satisfies(finding ->
            assertThat(finding.what()).startsWith("no MongoDB server answered within 3 s"));
    assertThat(report.entries())
        .filteredOn(entry -> entry.finding().mark() == Mark.GOOD)
        .extracting(Entry::area)
        .contains("bucket", "queues", "door");
  }

  @Test
  void bucket_thatIsNotThere_isNamed() throws IOException {
    variables.put("BECKON_BUCKET", "none-such");

    assertThat(wrong(examine()))
        .extracting(Finding::what)
        .containsExactly("there is no bucket none-such");
  }

  @Test
  void queue_thatIsNotThere_orWithoutRedrive_isNamed() throws IOException {
    variables.put("BECKON_CHUNK_QUEUE", variables.get("BECKON_CHUNK_QUEUE") + "-none");
    String plain = sqs.createQueue(request -> request.queueName("plain")).queueUrl();
    variables.put("BECKON_BULK_QUEUE", plain);

    assertThat(wrong(examine()))
        .extracting(Finding::what)
        .containsExactlyInAnyOrder(
            "there is no queue beckon-chunks-none",
            "plain shows a message again after 30 s",
            "plain has no dead-letter queue");
  }

  @Test
  void deadLetters_thatWait_areCounted() throws IOException {
    String dead = cloud.side().worker().bulk().deadLetterUrl();
    sqs.sendMessage(request -> request.queueUrl(dead).messageBody("x"));
    try {
      assertThat(wrong(examine()))
          .extracting(Finding::what)
          .containsExactly("dead letters wait in beckon-bulk-dead: 1");
    } finally {
      sqs.purgeQueue(request -> request.queueUrl(dead));
    }
  }

  @Test
  void door_thatIsShut_isNamed() throws IOException {
    variables.put("BECKON_PUBLIC_URL", "http://127.0.0.1:" + freePort());

    assertThat(wrong(examine()))
        .singleElement()
        .satisfies(finding ->
            assertThat(finding.what()).endsWith("/healthz does not answer: ConnectException"));
  }

  @Test
  void account_thatNoWorkerCanRead_isToldByPath() throws IOException {
    Map<String, String> placeholders = new HashMap<>(cloud.placeholders());
    String document = account(placeholders).replace("\"smtp\"", "\"pigeon\"");
    // past the check that ./beckon configure makes, as a document of a later version would be
    cloud.application().stores().accounts().put(document, Change.whole("a test"));

    assertThat(wrong(examine()))
        .extracting(Finding::what)
        .anyMatch(what -> what.contains("vendorAccounts.mail.vendor: there is no vendor pigeon"));
  }

  @Test
  void sender_thatIsNotVerified_isNamed() throws IOException {
    cloud.application().configure(account(cloud.placeholders()).replace("abo@", "abo@unverified."));

    assertThat(wrong(examine()))
        .extracting(Finding::what)
        .containsExactly("the sending domain unverified.acme-amsel.example is not verified");
  }

  @Test
  void parcel_thatNobodyHintedAt_isTold_andNotOfAPausedDispatch() throws IOException {
    Instant due = Instant.now().minus(Duration.ofHours(1));
    Parcel parcel =
        new Parcel(
            "forgotten.0",
            "acme",
            "store-visit",
            "forgotten",
            Lane.BULK,
            RowSet.of(List.of(0)),
            Parcel.State.READY,
            due,
            due,
            null,
            false);
    cloud.application().stores().parcels().insert(List.of(parcel));
    try {
      assertThat(wrong(examine()))
          .extracting(Finding::what)
          .containsExactly("parcels are overdue and nobody hinted at them: 1, first forgotten.0");

      cloud.application().pause().pause("acme", "store-visit", "test");
      Report paused = examine();
      assertThat(wrong(paused)).isEmpty();
      assertThat(paused.count(Mark.NOTICE)).isPositive();
    } finally {
      cloud.application().stores().parcels().done("forgotten.0");
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
