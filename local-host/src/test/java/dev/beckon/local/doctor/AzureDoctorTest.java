package dev.beckon.local.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.check.Finding;
import dev.beckon.check.Finding.Mark;
import dev.beckon.local.cloud.AzureSide;
import dev.beckon.local.cloud.LocalCloud;
import dev.beckon.local.doctor.Report.Entry;
import dev.beckon.local.servers.NeedsAzurite;
import dev.beckon.vendors.Vendors;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The doctor on the queues and the container of a storage account. */
@ExtendWith(NeedsAzurite.class)
class AzureDoctorTest {
  @TempDir static Path folder;
  private static LocalCloud<AzureSide> cloud;

  private final Map<String, String> variables = new HashMap<>(cloud.workerEnvironment());

  @BeforeAll
  static void start() throws IOException {
    cloud = LocalCloud.start(LocalCloud.Options.in(folder), AzureSide::start);
  }

  @AfterAll
  static void stop() {
    if (cloud != null) {
      cloud.close();
    }
  }

  private List<Entry> found(Mark mark) {
    return Doctor.examine(variables, Vendors.catalog(), Duration.ofSeconds(20)).entries().stream()
        .filter(entry -> entry.finding().mark() == mark)
        .toList();
  }

  private List<String> wrong(String area) {
    return found(Mark.WRONG).stream()
        .filter(entry -> entry.area().equals(area))
        .map(Entry::finding)
        .map(Finding::what)
        .toList();
  }

  @Test
  void soundAccount_everyPartWasLookedAt_andNothingIsLeftInTheContainer() {
    assertThat(found(Mark.GOOD))
        .extracting(Entry::area)
        .contains("configuration", "secrets", "queues", "bucket", "store");
    assertThat(wrong("queues")).isEmpty();
    assertThat(wrong("bucket")).isEmpty();
    assertThat(cloud.bucket().list("beckon-doctor/", "", 10)).isEmpty();
  }

  @Test
  void queueOrContainer_thatIsNotThere_isNamedWithARemedy() {
    variables.put("BECKON_BULK_QUEUE", variables.get("BECKON_BULK_QUEUE") + "-none");
    variables.put("BECKON_BUCKET", variables.get("BECKON_BUCKET") + "-none");

    assertThat(wrong("queues")).containsExactly("there is no queue beckon-bulk-none");
    assertThat(wrong("bucket")).containsExactly("there is no container beckon-files-none");
    assertThat(found(Mark.WRONG))
        .extracting(entry -> entry.finding().remedy())
        .allSatisfy(remedy -> assertThat(remedy).isNotEmpty());
  }

  @Test
  void queueOfPoisonMessages_thatIsNotThere_isNamed() {
    // a queue there is, but none of its poison messages: that of the files' poison itself
    variables.put("BECKON_CHUNK_QUEUE", variables.get("BECKON_FILES_QUEUE") + "-poison");

    assertThat(wrong("queues"))
        .containsExactly("the queue of poison messages beckon-files-poison-poison is not there");
  }

  @Test
  void accountThatDoesNotAnswer_isSaid_andTheRestIsLookedAt() {
    variables.put("BECKON_CHUNK_QUEUE", "http://127.0.0.1:1/devstoreaccount1/beckon-chunks");

    assertThat(wrong("queues")).hasSize(1);
    assertThat(found(Mark.GOOD)).extracting(Entry::area).contains("bucket", "store");
  }
}
