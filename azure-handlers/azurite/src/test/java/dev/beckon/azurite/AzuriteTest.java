package dev.beckon.azurite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AzuriteTest {
  @TempDir Path folder;

  private static Azurite start(AzuriteOptions options) {
    try {
      return Azurite.start(options);
    } catch (AzuriteUnavailableException e) {
      return Assumptions.abort("skipped: " + e.getMessage());
    }
  }

  private static int status(URI address) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  @Test
  void start_twice_eachAnswersOnItsPortsUntilItIsClosed() throws Exception {
    try (Azurite one = start(AzuriteOptions.standard());
        Azurite two = start(AzuriteOptions.standard().keptIn(folder.resolve("data")))) {
      assertThat(one.blobEndpoint()).isNotEqualTo(two.blobEndpoint());
      assertThat(one.blobEndpoint()).isNotEqualTo(one.queueEndpoint());
      for (URI address : new URI[] {one.blobEndpoint(), one.queueEndpoint(), two.blobEndpoint()}) {
        assertThat(status(address)).as("an answer, if a refusal").isBetween(400, 403);
      }
      assertThat(one.connectionString())
          .contains("BlobEndpoint=" + one.blobEndpoint(), "QueueEndpoint=" + one.queueEndpoint());

      one.close();

      assertThat(one.process().isAlive()).isFalse();
      assertThat(two.process().isAlive()).isTrue();
      assertThatThrownBy(() -> status(one.blobEndpoint())).isInstanceOf(IOException.class);
    }
  }

  @Test
  void start_starterIsKilled_endsToo() throws Exception {
    start(AzuriteOptions.standard()).close(); // or this test is skipped
    Process starter =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledStarter.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String pid = starter.inputReader().readLine();

    Optional<ProcessHandle> azurite = ProcessHandle.of(Long.parseLong(pid));
    if (azurite.isPresent()) {
      assertThat(azurite.get().onExit()).succeedsWithin(Duration.ofSeconds(20));
    }
    assertThat(starter.waitFor()).isEqualTo(KilledStarter.HALTED);
  }

  @Test
  void start_portTaken_failsAndSaysWhatItSaid() {
    try (Azurite one = start(AzuriteOptions.standard())) {
      int taken = one.blobEndpoint().getPort();

      assertThatThrownBy(() -> Azurite.start(AzuriteOptions.standard().on(taken, 0)))
          .hasMessageContaining("Azurite cannot be installed or started")
          .hasStackTraceContaining("EADDRINUSE");
    }
  }

  @Test
  void start_withoutNode_saysWhatToInstall() {
    assertThatThrownBy(
            () -> Azurite.start(AzuriteOptions.standard().by("no-such-node", "no-such-npm")))
        .isInstanceOf(AzuriteUnavailableException.class)
        .hasMessageContaining("there is no no-such-node: install Node.js 20 or later");
  }

  @Test
  void start_nodeTooOld_saysWhatToInstall() throws IOException {
    Path old = script("old-node", "echo v18.20.4");

    assertThatThrownBy(() -> Azurite.start(AzuriteOptions.standard().by(old.toString(), "npm")))
        .isInstanceOf(AzuriteUnavailableException.class)
        .hasMessageContaining("node is v18.20.4: install Node.js 20 or later");
  }

  @Test
  void install_lockFileUnchanged_isDoneOnce() throws Exception {
    Path runs = folder.resolve("runs");
    Path sources = Files.createDirectory(folder.resolve("sources"));
    Files.writeString(sources.resolve("package.json"), "{}");
    Files.writeString(sources.resolve("package-lock.json"), "one");
    String node = script("node", "echo v22.1.0").toString();
    String npm = script("npm", "echo run >> " + runs).toString();
    AzuriteOptions options =
        new AzuriteOptions(sources, folder.resolve("installed"), null, node, npm, 0, 0);

    new AzuriteInstall(options).script();
    new AzuriteInstall(options).script();
    assertThat(runs).hasContent("run");

    Files.writeString(sources.resolve("package-lock.json"), "two");
    new AzuriteInstall(options).script();
    assertThat(runs).hasContent("run\nrun");
  }

  @Test
  void install_fails_isSaidAndTriedAgain() throws Exception {
    Path sources = Files.createDirectory(folder.resolve("sources"));
    Files.writeString(sources.resolve("package.json"), "{}");
    Files.writeString(sources.resolve("package-lock.json"), "one");
    Path runs = folder.resolve("runs");
    String node = script("node", "echo v22.1.0").toString();
    String npm = script("npm", "echo run >> " + runs + "; echo no network >&2; exit 7").toString();
    AzuriteOptions options =
        new AzuriteOptions(sources, folder.resolve("installed"), null, node, npm, 0, 0);

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> Azurite.start(options)).hasStackTraceContaining("no network");
    }

    assertThat(runs).hasContent("run\nrun");
  }

  private Path script(String name, String body) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file;
  }
}
