package dev.beckon.local.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.local.servers.NeedsAzurite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A host in its own process, which its functions can take with them. */
@ExtendWith(NeedsAzurite.class)
class HostProcessTest {
  @RegisterExtension static final StorageExtension STORAGE = new StorageExtension();

  @TempDir Path folder;

  private FunctionsHostProcess start(String queue) throws IOException {
    StagedFolder staged = StagedFolder.in(folder.resolve("app")).work("work");
    // leases of 2 s
    return new FunctionsHostProcess(
        FunctionsHostSettings.of(staged.folder()).faster(300),
        folder.resolve("log"),
        64,
        List.of("-XX:TieredStopAtLevel=1"),
        STORAGE.settings(queue));
  }

  @Test
  void message_endsItsProcess_comesBackAfterItsLeaseAndIsPoisonInTheEnd() throws Exception {
    STORAGE.queue("deadly");
    Path notes = folder.resolve("notes");
    STORAGE.send("deadly", "halt " + notes);
    try (FunctionsHostProcess host = start("deadly")) {
      int deaths = 0;
      while (STORAGE.seen("deadly-poison").isEmpty()) {
        if (host.revive()) {
          deaths++;
        }
        assertThat(deaths).as(Files.readString(folder.resolve("log"))).isLessThan(10);
      }

      assertThat(deaths).isEqualTo(3);
      assertThat(Files.readAllLines(notes))
          .containsExactly("1 injector work", "2 injector work", "3 injector work");
    }
  }

  @Test
  void host_asAProcess_listensOnItsPortAndEndsWhenAsked() throws Exception {
    STORAGE.queue("calm");
    FunctionsHostProcess host = start("calm");
    try (host) {
      host.awaitListening(Duration.ofSeconds(60));
      STORAGE.send("calm", "ok " + folder.resolve("notes"));

      QueueRulesTest.until(() -> STORAGE.count("calm"), count -> count == 0);
      assertThat(host.url().getPort()).isPositive();
    }
    assertThat(host.isAlive()).isFalse();
  }
}
