package dev.beckon.local.cli;

import dev.beckon.filedrop.Import;
import dev.beckon.filedrop.ImportFigures;
import dev.beckon.local.installation.Installation;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./beckon imports show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Shows one import: its figures, where its files lie, what was wrong with it.",
      "For a checked file, the report; it holds personal values of three rows."
    })
final class ImportsShowCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec
  CommandSpec spec;

  @Mixin InstallationOptions installation = new InstallationOptions();

  @Parameters(paramLabel = "ID", description = "The import's id, from ./beckon imports list.")
  String id = "";

  @Option(names = "--json", description = "As JSON, for programs; without a check's report.")
  boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Installation open = installation.open()) {
      ImportFigures figures = open.application().imports().importFigures();
      ImportFigures.Standing standing = figures.of(id);
      if (json) {
        out.println(ImportJson.show(standing));
      } else {
        print(out, standing);
        if (standing.dropped().state() == Import.State.CHECKED) {
          out.println();
          out.print(
              figures
                  .report(standing.dropped())
                  .orElse("The report is deleted; drop the file in check/ again.\n"));
        }
      }
    }
    out.flush();
    return 0;
  }

  private static void print(PrintWriter out, ImportFigures.Standing standing) {
    Import dropped = standing.dropped();
    line(out, "import", dropped.id());
    line(out, "state", ImportsListCommand.state(dropped, standing.held()));
    if (!dropped.problem().isEmpty()) {
      line(out, "why", dropped.problem());
    }
    line(out, "feed", dropped.feed() + ", dispatch " + dropped.dispatch());
    line(out, "dropped", dropped.createdAt() + " as " + dropped.key());
    if (dropped.state().isFinal()) {
      line(out, "file now", dropped.processedKey());
    }
    switch (dropped.state()) {
      case WAITING, REFUSED -> {}
      case CHECKED -> line(out, "report", dropped.reportKey());
      case RELEASED, ACCEPTED, CANCELLED -> figures(out, standing);
    }
    if (standing.held()) {
      line(out, "next", "./beckon imports approve " + dropped.id());
    }
  }

  private static void figures(PrintWriter out, ImportFigures.Standing standing) {
    Import dropped = standing.dropped();
    line(out, "rows", String.format("%,d, %d %% at their end", dropped.rows(), standing.percent()));
    standing
        .refused()
        .forEach((code, rows) -> line(out, "refused", String.format("%,9d  %s", rows, code)));
    if (!standing.refused().isEmpty() && dropped.state() == Import.State.ACCEPTED) {
      line(out, "refused rows", dropped.refusedRowsKey());
    }
    standing.states().entrySet().stream()
        .sorted(java.util.Map.Entry.comparingByKey())
        .forEach(state ->
            line(out, "stored", String.format("%,9d  %s", state.getValue(), state.getKey())));
  }

  private static void line(PrintWriter out, String name, String value) {
    out.printf("%-13s %s%n", name, value);
  }
}
