package dev.beckon.local.cli;

import dev.beckon.filedrop.Import;
import dev.beckon.filedrop.ImportFigures;
import dev.beckon.local.installation.Installation;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./beckon imports list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Lists imports, newest first.")
final class ImportsListCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec
  CommandSpec spec;

  @Mixin InstallationOptions installation = new InstallationOptions();

  @Option(names = "--feed", paramLabel = "FEED", description = "Only imports of this feed.")
  @Nullable String feed;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Only imports in this state: ${COMPLETION-CANDIDATES}.")
  Import.@Nullable State state;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "How many (default: ${DEFAULT-VALUE}).")
  int limit;

  @Option(names = "--json", description = "As JSON, for programs.")
  boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<ImportFigures.Line> lines;
    try (Installation open = installation.open()) {
      lines =
          open.application()
              .imports()
              .importFigures()
              .list(feed, state, Math.max(1, Math.min(limit, 1_000)));
    }
    if (json) {
      out.println(ImportJson.list(lines));
    } else if (lines.isEmpty()) {
      out.println("no imports");
    } else {
      String form = "%-25s %-20s %-20s %9s  %s%n";
      out.printf(form, "id", "feed", "dropped", "rows", "state and file");
      for (ImportFigures.Line line : lines) {
        Import dropped = line.dropped();
        out.printf(
            form,
            dropped.id(),
            dropped.feed(),
            dropped.createdAt().toString().substring(0, 19) + "Z",
            String.format("%,d", dropped.rows()),
            state(dropped, line.held()) + ": " + dropped.fileName());
      }
    }
    out.flush();
    return 0;
  }

  /** The state as a person says it. */
  static String state(Import dropped, boolean held) {
    String forced = dropped.kind() == Import.Kind.FORCED ? " (forced)" : "";
    return forced.isEmpty() ? state(dropped.state(), held) : state(dropped.state(), held) + forced;
  }

  private static String state(Import.State state, boolean held) {
    return switch (state) {
      case WAITING -> "waiting to be read";
      case RELEASED -> held ? "waiting for approval, being accepted" : "being accepted";
      case ACCEPTED -> held ? "waiting for approval" : "accepted";
      case REFUSED -> "refused";
      case CANCELLED -> "cancelled";
      case CHECKED -> "checked";
    };
  }
}
