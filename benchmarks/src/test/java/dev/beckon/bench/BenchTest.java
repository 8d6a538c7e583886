package dev.beckon.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole command with next to nothing to do: no figure may be missing, none is judged. */
class BenchTest {
  /**
   * Each kind of measurement once, as small as it can be: single steps in this process, three of
   * the guide's six lines, one of each vendor. {@code ./beckon bench} runs all of them at full
   * size.
   */
  private static final Plan TINY =
      new Plan(
          0,
          1,
          0.004,
          new Plan.Steps(0, 1, 1, 0),
          List.of(500),
          3,
          1,
          300,
          100,
          0,
          new Plan.Api(0, 1));

  @TempDir Path folder;

  @Test
  void run_everything_producesEveryFigure() throws Exception {
    Path json = folder.resolve("figures.json");
    StringWriter out = new StringWriter();
    Bench bench = new Bench();
    CommandLine command = new CommandLine(bench);
    command.setOut(new PrintWriter(out));
    command.parseArgs("--json", json.toString());

    bench.run(TINY);

    List<String> names = new ArrayList<>();
    for (JsonNode figure : JsonMapper.builder().build().readTree(json.toFile()).path("figures")) {
      assertThat(figure.path("value").asDouble()).as(figure.path("name").asText()).isPositive();
      names.add(figure.path("name").asText());
    }
    assertThat(names)
        .contains(
            "filedrop.CsvBenchmark.csvRecord",
            "intake.IntakeBenchmark.hash",
            "intake.IntakeBenchmark.open",
            "intake.IntakeBenchmark.rowCheck",
            "intake.IntakeBenchmark.rowCheckPhone",
            "intake.IntakeBenchmark.seal",
            "dispatch.RenderBenchmark.liftMail",
            "dispatch.RenderBenchmark.renderMail",
            "dispatch.RenderBenchmark.renderText",
            "mongo.StoreBenchmark.insertDocument",
            "mongo.StoreBenchmark.readDocument",
            "mongo.StoreBenchmark.settleWrite",
            "vendors.smtp.MimeBenchmark.mime",
            "vendors.sparkpost.TransmissionBenchmark.jsonMail",
            "vendors.sparkpost.TransmissionBenchmark.jsonRecipient",
            "bulk-send, 2,000 a call",
            "single-send over HTTP, 0 ms",
            "single-send over HTTP, 50 ms, 64 in flight",
            "SMTP, 0 ms",
            "SMTP, 50 ms, 64 connections",
            "CSV rows to ready parcels",
            "heap held, CSV of 500 rows",
            "guide's table: AWS SMTP, 1 compute",
            "guide's table: AWS SparkPost, 2 computes",
            "import of 300 rows, drop to last mail",
            "accept to sent of a single one meanwhile, p99",
            "four workers at 200/s: requests in the busiest second",
            "four workers at 200/s: time over the ideal",
            "API: an invitation read",
            "API: one invitation handed in",
            "API: the same beside 100 wrong keys/s",
            "API: 1,000 handed in at once",
            "API: one handed in, and all of it sent");
    if (!out.toString().contains("azure is not measured")) { // as where there is no Node.js
      assertThat(names)
          .contains(
              "Azure: process to first answer",
              "Azure: process to a waiting mail settled",
              "Azure: parcels of one mail each",
              "Azure: import of 300 rows, drop to last mail");
    }
    assertThat(out.toString()).contains("The guide's dispatch tables");
  }
}
