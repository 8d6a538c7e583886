package dev.beckon.local.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.blob.BlobServiceClientBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.local.servers.NeedsAzurite;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NeedsAzurite.class)
class TimerRulesTest {
  @RegisterExtension static final StorageExtension STORAGE = new StorageExtension();

  @TempDir Path folder;

  private JsonNode firstTick(String schedule) throws Exception {
    StagedFolder staged = StagedFolder.in(folder.resolve("app")).tick(schedule);
    STORAGE.queue("ticks").clearMessages();
    try (FunctionsHost host =
        FunctionsHost.start(
            FunctionsHostSettings.of(staged.folder()), STORAGE.settings("none"), () -> {})) {
      List<String> ticks =
          QueueRulesTest.until(() -> STORAGE.seen("ticks"), seen -> !seen.isEmpty());
      assertThat(host.functions()).containsExactly("tick");
      return new JsonMapper().readTree(Base64.getDecoder().decode(ticks.getFirst()));
    }
  }

  @Test
  void timer_moreThanOnceAMinute_ticksUnwatched() throws Exception {
    JsonNode info = firstTick("*/1 * * * * *");

    assertThat(info.path("IsPastDue").asBoolean(true)).isFalse();
    assertThat(info.path("ScheduleStatus").isNull()).isTrue();
    assertThat(info.path("Schedule").path("AdjustForDST").asBoolean()).isTrue();
  }

  @Test
  void timer_dueWhileNoHostRan_isMadeUpForAtOnceAsPastDue() throws Exception {
    TimerStatus.Store store =
        new TimerStatus.Store(
            new BlobServiceClientBuilder()
                .connectionString(STORAGE.azurite().connectionString())
                .httpClient(Connections.http())
                .serviceVersion(Connections.BLOBS)
                .buildClient()
                .getBlobContainerClient("azure-webjobs-hosts"));
    store.write(
        "tick",
        new TimerStatus(LocalDateTime.of(2025, 1, 1, 4, 0), LocalDateTime.of(2026, 1, 1, 4, 0)));

    JsonNode info = firstTick("0 0 4 1 1 *");

    assertThat(info.path("IsPastDue").asBoolean()).isTrue();
    assertThat(info.path("ScheduleStatus").path("Next").asText()).startsWith("2026-01-01T04:00");
    assertThat(store.read("tick").orElseThrow().next().getMonthValue()).isEqualTo(1);
    assertThat(store.read("tick").orElseThrow().next())
        .isAfter(LocalDateTime.of(2026, 11, 1, 0, 0));
  }
}
