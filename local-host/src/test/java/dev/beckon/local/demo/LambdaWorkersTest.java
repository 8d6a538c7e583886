package dev.beckon.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.local.cloud.LambdaWorkers;
import dev.beckon.local.lambda.DeployableJar;
import dev.beckon.local.lambda.LocalLambda;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's way of running functions in processes: event sources and the HTTP door included. */
class LambdaWorkersTest {
  @TempDir Path folder;

  @Test
  void fileDropped_goesOut_andItsLinksAreAnsweredByTheFunction() throws Exception {
    try (Rig rig = Rig.start(folder, 0, 0, Duration.ZERO)) {
      LocalLambda lambda =
          LocalLambda.deploy(
              DeployableJar.in(Path.of("..")), folder, 256, rig.cloud.workerEnvironment());
      try (LambdaWorkers workers = LambdaWorkers.start(rig.cloud, lambda);
          HttpClient http = HttpClient.newHttpClient()) {
        rig.dropCustomers("customers.csv", 200);
        Progress end = rig.untilFinished(1);
        assertThat(rig.sumsThatDisagree(end)).isEmpty();
        assertThat(workers.revive()).isFalse();
        String batch = end.imports().getFirst().id();
        Invitation row =
            rig.stores().invitations().page(batch, Set.of(InvitationState.SENT), "", 1).getFirst();

        HttpResponse<String> done =
            http.send(
                HttpRequest.newBuilder(URI.create(rig.cloud.publicUrl() + "/u/" + row.token()))
                    .POST(HttpRequest.BodyPublishers.ofString("List-Unsubscribe=One-Click"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(rig.stores().suppressions().among("acme", List.of(row.hash())))
            .containsExactly(row.hash());
        assertThat(folder.resolve("lambda-http.log")).as("made as its process starts").exists();
      }
    }
  }
}
