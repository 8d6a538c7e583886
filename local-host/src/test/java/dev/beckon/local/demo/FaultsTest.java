package dev.beckon.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.app.Application;
import dev.beckon.app.Delivery;
import dev.beckon.aws.platform.AwsPlatform;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.filedrop.Import;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.local.Parts;
import dev.beckon.local.cloud.WorkerProcess;
import dev.beckon.parcel.Deadline;
import dev.beckon.parcel.Hint;
import dev.beckon.parcel.Lane;
import dev.beckon.parcel.Parcel;
import dev.beckon.parcel.RowSet;
import dev.beckon.vendors.Vendors;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Repeats, kills and refusals on the whole way: nothing lost, nothing sent twice. */
class FaultsTest {
  private static final String HEADER =
      "email,first_name,last_name,phone,language,city,store,visit_date,order_id,order_url,amount,note\n";

  /** A worker that lives later: claims and hints of the dead one have run out for it. */
  private static final Map<String, String> LATER = Map.of("BECKON_CLOCK_SHIFT", "PT40M");

  @TempDir Path folder;

  @Test
  void transientAndPermanentRefusals_endSentAndFailed_withTheReason() throws Exception {
    try (Rig rig = Rig.start(folder, 0.05, 0.1, Duration.ZERO)) {
      rig.worker();
      rig.dropCustomers("customers.csv", 2_000);
      try (var out = rig.cloud.bucket().writer("service-calls/incoming/callers.tsv")) {
        SampleRows.writeCallers(out, 500, 7);
      }
      Progress end = rig.untilFinished(2);
      assertThat(rig.sumsThatDisagree(end)).isEmpty();
      assertThat(end.states().keySet())
          .isSubsetOf(
              InvitationState.SENT,
              InvitationState.FAILED,
              InvitationState.DUPLICATE,
              InvitationState.TOO_SOON);
      assertThat(Rig.rows(end, InvitationState.FAILED))
          .isEqualTo(rig.cloud.smtp().refused() + rig.cloud.messageBird().refused())
          .isPositive();
      assertThat(rig.cloud.smtp().throttled()).isPositive();
      assertThat(rig.cloud.messageBird().throttled()).isPositive();
      Parcel parcel = someParcel(rig, end);
      List<Invitation> failed =
          rig.stores().invitations().load(parcel.ids()).stream()
              .filter(row -> row.state() == InvitationState.FAILED)
              .toList();
      assertThat(failed)
          .isNotEmpty()
          .allSatisfy(
              row -> assertThat(row.journal().getLast().note()).startsWith("bad-recipient: "));
    }
  }

  @Test
  void sameContentTwice_sameEventFiveTimes_sameParcelToFour_isSentOnce() throws Exception {
    try (Rig rig = Rig.start(folder, 0, 0, Duration.ofMillis(20));
        SqsClient sqs = rig.sqs()) {
      rig.worker();
      rig.worker();
      rig.dropCustomers("customers.csv", 3_000);
      String event =
          "{\"Records\":[{\"eventVersion\":\"2.1\",\"eventSource\":\"aws:s3\",\"awsRegion\":\"eu-west-1\",\"eventTime\":\"2026-11-20T00:00:00.000Z\",\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"s3SchemaVersion\":\"1.0\",\"bucket\":{\"name\":\"beckon-local\"},\"object\":{\"key\":\"store-visits/incoming/customers.csv\",\"size\":1}}}]}";
      for (int i = 0; i < 5; i++) {
        sqs.sendMessage(
            m -> m.queueUrl(rig.cloud.side().worker().files().url()).messageBody(event));
      }
      Progress released = rig.until("there are parcels", progress -> progress.openParcels() > 0);
      Parcel parcel = someParcel(rig, released);
      for (int i = 0; i < 4; i++) {
        sqs.sendMessage(m ->
            m.queueUrl(rig.cloud.side().worker().bulk().url())
                .messageBody(Hint.parcel(parcel.id())));
      }
      rig.untilFinished(1);
      rig.dropCustomers("the-same-again.csv", 3_000);
      Progress end = rig.untilFinished(2);

      assertThat(rig.sumsThatDisagree(end)).isEmpty();
      assertThat(end.imports()).hasSize(2);
      Import again = end.imports().getLast();
      assertThat(again.state()).isEqualTo(Import.State.REFUSED);
      assertThat(again.problem()).contains("same content", end.imports().getFirst().id());
      assertThat(rig.cloud.smtp().ledger().repeated()).isEmpty();
    }
  }

  @Test
  void sameParcel_toFourWorkersAtOnce_isSentOnce() throws Exception {
    try (Rig rig = Rig.start(folder, 0, 0, Duration.ofMillis(5));
        Parts workers = new Parts()) {
      rig.dropCustomers("customers.csv", 1_500);
      List<Application> applications = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        RuntimeConfig config = RuntimeConfig.of(rig.cloud.workerEnvironment());
        applications.add(
            workers.keep(Application.start(config, new AwsPlatform(config), Vendors.catalog())));
      }
      Deadline deadline = Deadline.in(Duration.ofMinutes(2), Clock.systemUTC());
      applications
          .getFirst()
          .fileDrop(List.of("store-visits/incoming/customers.csv"), List.of(), deadline);
      Import dropped = rig.stores().imports().newest(1).getFirst();
      applications
          .getFirst()
          .chunks(List.of(new Delivery("c", Hint.chunk(dropped.id() + ".0"))), deadline);
      Parcel parcel = someParcel(rig, Progress.of(rig.stores()));

      CyclicBarrier together = new CyclicBarrier(4);
      List<Future<Set<String>>> runs = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
        for (Application application : applications) {
          runs.add(
              threads.submit(() -> {
                together.await();
                return application.dispatch(
                    List.of(new Delivery("m", Hint.parcel(parcel.id()))), deadline);
              }));
        }
      }
      for (Future<Set<String>> run : runs) {
        assertThat(run.get()).isEmpty();
      }
      Progress end = Progress.of(rig.stores());
      assertThat(rig.cloud.smtp().ledger().repeated()).isEmpty();
      assertThat(rig.cloud.smtp().ledger().total())
          .isEqualTo((int) Rig.rows(end, InvitationState.SENT))
          .isGreaterThan(1_400);
      List<Invitation> rows = rig.stores().invitations().load(parcel.ids());
      assertThat(rows).extracting(Invitation::attempts).containsOnly(0, 1);
      assertThat(rows.stream().map(Invitation::send).distinct().count())
          .as("several workers took part")
          .isGreaterThan(2);
    }
  }

  @Test
  void workerKilledInIntake_nothingIsLostOrRepeated() throws Exception {
    try (Rig rig = Rig.start(folder, 0, 0, Duration.ZERO)) {
      WorkerProcess victim = rig.worker();
      SampleRows.Expected expected = rig.dropCustomers("customers.csv", 12_000);
      rig.until("rows are being stored", progress -> !progress.states().isEmpty());
      victim.kill();
      assertThat(Progress.of(rig.stores()).imports().getFirst().state())
          .isEqualTo(Import.State.RELEASED);
      rig.worker(LATER);
      Progress end = rig.untilFinished(1);

      assertThat(rig.sumsThatDisagree(end)).isEmpty();
      long blocked =
          Rig.rows(end, InvitationState.DUPLICATE) + Rig.rows(end, InvitationState.TOO_SOON);
      assertThat(blocked)
          .as("nobody is held back by the first run's contacts")
          .isEqualTo(expected.duplicates());
      assertThat(Rig.rows(end, InvitationState.SENT) + Rig.rows(end, InvitationState.IN_DOUBT))
          .isEqualTo(expected.good());
    }
  }

  @Test
  void workerKilledInDispatch_whatWasUnderWayIsHeld_theRestGoesOut() throws Exception {
    try (Rig rig = Rig.start(folder, 0, 0, Duration.ofMillis(40))) {
      WorkerProcess victim = rig.worker();
      SampleRows.Expected expected = rig.dropCustomers("customers.csv", 2_500);
      rig.until("mails go out", progress -> rig.cloud.smtp().ledger().total() > 150);
      victim.kill();
      long received = rig.cloud.smtp().ledger().total();
      assertThat(received).isLessThan(expected.good());
      rig.worker(LATER);
      Progress end = rig.untilFinished(1);

      assertThat(rig.sumsThatDisagree(end)).isEmpty();
      assertThat(Rig.rows(end, InvitationState.IN_DOUBT))
          .as("claimed by the dead worker")
          .isPositive();
      assertThat(Rig.rows(end, InvitationState.SENT) + Rig.rows(end, InvitationState.IN_DOUBT))
          .isEqualTo(expected.good());
    }
  }

  @Test
  void badInput_isNamed_andItsNeighboursGoOn() throws Exception {
    try (Rig rig = Rig.start(folder, 0, 0, Duration.ZERO);
        SqsClient sqs = rig.sqs()) {
      rig.worker();
      Instant now = Instant.now();
      sqs.sendMessage(
          m -> m.queueUrl(rig.cloud.side().worker().bulk().url()).messageBody("\u00ff not ours {"));
      sqs.sendMessage(
          m -> m.queueUrl(rig.cloud.side().worker().chunks().url()).messageBody("{\"x\":"));
      rig.stores()
          .parcels()
          .insert(
              List.of(
                  new Parcel(
                      "lost",
                      "acme",
                      "no-such-dispatch",
                      "none",
                      Lane.BULK,
                      RowSet.of(List.of(1)),
                      Parcel.State.READY,
                      now,
                      now,
                      null,
                      false)));
      sqs.sendMessage(
          m -> m.queueUrl(rig.cloud.side().worker().bulk().url()).messageBody(Hint.parcel("lost")));
      String good = row("anna@example.com");
      rig.drop(
          "store-visits/incoming/ragged.csv",
          HEADER + good + "one,two,three\n" + row("b\0ob@example.com") + row("carl@example.com"));
      rig.drop(
          "store-visits/incoming/utf16.csv",
          ("\ufeff" + HEADER + row("dora@example.com")).getBytes(StandardCharsets.UTF_16LE));
      rig.drop(
          "store-visits/incoming/no-header.csv",
          row("emil@example.com") + row("fritz@example.com"));
      rig.drop("store-visits/incoming/workbook.csv", "PK\3\4 and so on");
      rig.drop("nobody/incoming/orphan.csv", HEADER + good);
      try (var out = rig.cloud.bucket().writer("store-visits/incoming/one-line.csv")) {
        out.write(HEADER.getBytes(StandardCharsets.UTF_8));
        byte[] block = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 200; i++) {
          out.write(block);
        }
      }
      Progress end = rig.untilFinished(5);

      Map<String, Import> imports = new HashMap<>();
      end.imports().forEach(i -> imports.put(i.fileName(), i));
      assertThat(imports.get("ragged.csv").totals().refused())
          .isEqualTo(Map.of("row-unreadable", 2));
      assertThat(imports.get("ragged.csv").totals().stored()).isEqualTo(Map.of("ACCEPTED", 2));
      assertThat(imports.get("utf16.csv").totals().stored()).isEqualTo(Map.of("ACCEPTED", 1));
      assertThat(imports.get("no-header.csv").problem())
          .contains("row 1 looks like data", "column 1 holds an e-mail address", "put a row");
      assertThat(imports.get("workbook.csv").problem()).contains("Excel", "CSV UTF-8");
      assertThat(imports.get("one-line.csv").problem())
          .contains(
              "row 2, which begins on line 2, is longer than", "quotation mark", "drop the file");
      assertThat(Rig.rows(end, InvitationState.SENT)).isEqualTo(3);
      List<String> codes = new ArrayList<>();
      rig.until(
          "the events are written",
          progress -> {
            codes.clear();
            rig.stores().events().newest(100).forEach(event -> codes.add(event.code()));
            return codes.contains("dispatch-unconfigured")
                && codes.stream().filter("message-undecodable"::equals).count() == 2;
          });
      assertThat(codes).contains("feed-unknown");
      assertThat(codes.stream().filter("import-refused"::equals)).hasSize(3);
    }
  }

  private static String row(String email) {
    return email + ",A,B,,en,Berlin,Mitte,2026-11-01,1,,3.50,\n";
  }

  private static Parcel someParcel(Rig rig, Progress progress) {
    String batch =
        progress.imports().stream()
            .filter(i -> i.feed().equals("store-visits"))
            .findFirst()
            .orElseThrow()
            .id();
    return rig.stores().parcels().load(List.of(batch + ".0.0")).get(batch + ".0.0");
  }
}
