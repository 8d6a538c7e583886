package dev.beckon.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.filedrop.Import;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.local.cloud.CloudSide;
import dev.beckon.local.cloud.Hiring;
import dev.beckon.local.cloud.LocalCloud;
import dev.beckon.local.cloud.Workers;
import dev.beckon.local.installation.AccountFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * One course of events, to be run on any cloud: guests are asked, one of them unsubscribes, then
 * every sample file is dropped, one to be checked only and one that is no list of guests. Vendors
 * refuse some recipients and turn others away at first.
 */
final class ComparedRun {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Path GUESTS = Rig.SAMPLES.resolve("customers.csv");
  private static final int EARLY_GUESTS = 4;

  private final LocalCloud<?> cloud;
  private final Workers workers;

  private ComparedRun(LocalCloud<?> cloud, Workers workers) {
    this.cloud = cloud;
    this.workers = workers;
  }

  static <S extends CloudSide> Remains on(Path folder, CloudSide.Starter<S> side, Hiring<S> hiring)
      throws Exception {
    LocalCloud.Options options = new LocalCloud.Options(folder, 0.05, 0.1, Duration.ZERO);
    try (LocalCloud<S> cloud = LocalCloud.start(options, side);
        Workers workers = hiring.on(cloud)) {
      cloud
          .application()
          .configure(
              AccountFile.read(
                  Rig.SAMPLES.resolve("account.json"), cloud.placeholders(), Map.of()));
      new ComparedRun(cloud, workers).run();
      return Remains.of(cloud);
    }
  }

  private void run() throws IOException, InterruptedException {
    drop(
        "store-visits/incoming/early-guests.csv",
        Files.readAllLines(GUESTS).stream()
            .limit(1 + EARLY_GUESTS)
            .collect(Collectors.joining("\n", "", "\n")));
    await(1);
    unsubscribe();
    drop("store-visits/incoming/customers.csv", Files.readString(GUESTS));
    drop("store-visits/check/checked.csv", Files.readString(GUESTS));
    drop("store-visits/incoming/no-guests.csv", "colour;size\nred;9\n");
    drop(
        "deliveries/incoming/deliveries.csv",
        Files.readString(Rig.SAMPLES.resolve("deliveries.csv")));
    drop(
        "service-calls/incoming/callers.tsv", Files.readString(Rig.SAMPLES.resolve("callers.tsv")));
    await(6);
  }

  private void drop(String key, String content) {
    cloud.bucket().write(key, content.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The first of the early guests that got a mail does so, at the door of the cloud's functions.
   */
  private void unsubscribe() throws IOException, InterruptedException {
    Import early = cloud.application().stores().imports().newest(1).getFirst();
    Invitation guest =
        cloud
            .application()
            .stores()
            .invitations()
            .page(early.id(), Set.of(InvitationState.SENT), "", 1)
            .getFirst();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> reply =
          http.send(
              HttpRequest.newBuilder(URI.create(cloud.publicUrl() + "/u/" + guest.token()))
                  .POST(HttpRequest.BodyPublishers.ofString("List-Unsubscribe=One-Click"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(reply.statusCode()).isEqualTo(200);
    }
  }

  private void await(int imports) throws IOException {
    Instant end = Instant.now().plus(PATIENCE);
    Progress progress = Progress.of(cloud.application().stores());
    while (!progress.finished(imports)) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError(
            "waited in vain for " + imports + " imports: " + progress.line() + progress.imports());
      }
      workers.revive();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
      progress = Progress.of(cloud.application().stores());
    }
  }
}
