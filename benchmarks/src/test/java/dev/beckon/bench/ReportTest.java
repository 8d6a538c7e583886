package dev.beckon.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.bench.Figure.Arrangement;
import dev.beckon.bench.Figure.Bar;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private final Machine machine = new Machine("a processor", 2, "25", 0.1, true);
  private final Figure bulk =
      Figure.plain(Arrangement.PATHS, "bulk-send", 160_000, "invitations/s")
          .within(320_000, "bare requests")
          .holding(Bar.atLeast(150_000))
          .with(Map.of("bytes each", 1_234.0));
  private final Figure heap =
      Figure.plain(Arrangement.PATHS, "heap", 90, "MB").holding(Bar.atMost(64));

  @TempDir Path folder;

  @Test
  void print_figures_showsRatioAndVerdict() {
    StringWriter text = new StringWriter();

    new Report(machine, List.of(bulk, heap)).print(new PrintWriter(text));

    assertThat(text.toString())
        .contains("a processor, 2 cores")
        .containsPattern("bulk-send +160,000 invitations/s +320,000 +50 % +≥ 150,000 +pass")
        .containsPattern("heap +90\\.0 MB +≤ 64\\.0 +SHORT")
        .contains("bytes each 1,234");
  }

  @Test
  void write_figures_sameAsJson() throws Exception {
    Path file = folder.resolve("figures.json");

    new Report(machine, List.of(bulk, heap)).write(file);

    JsonNode figures = JsonMapper.builder().build().readTree(file.toFile()).path("figures");
    assertThat(figures).hasSize(2);
    assertThat(figures.path(0).path("ratio").asDouble()).isEqualTo(0.5);
    assertThat(figures.path(0).path("passes").asBoolean()).isTrue();
    assertThat(figures.path(1).path("atMost").asDouble()).isEqualTo(64);
    assertThat(figures.path(1).path("passes").asBoolean()).isFalse();
  }
}
