package dev.beckon.local.cli;

import dev.beckon.filedrop.ImportCancel;
import dev.beckon.local.installation.Installation;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./beckon imports cancel}. */
@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Sends nothing more of an import, for good, and writes a list of who got a message.",
      "Run it again to see how those ended that were at the vendor at that moment."
    })
final class ImportsCancelCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec
  CommandSpec spec;

  @Mixin InstallationOptions installation = new InstallationOptions();

  @Parameters(paramLabel = "ID", description = "The import's id, from ./beckon imports list.")
  String id = "";

  @Option(names = "--json", description = "As JSON, for programs.")
  boolean json;

  @Override
  public Integer call() {
    ImportCancel.Result result;
    try (Installation open = installation.open()) {
      result = open.application().imports().importCancel().cancel(id, Operator.name());
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(ImportJson.cancelled(id, result));
    } else {
      String form = "%-13s %,9d%n";
      out.printf(form, "sent before", result.sent());
      out.printf(form, "under way", result.underWay());
      out.printf(form, "in doubt", result.inDoubt());
      out.printf(form, "cancelled", result.cancelled());
      if (result.listKey().isEmpty()) {
        out.println("Nobody got a message.");
      } else {
        out.println("Who got one: " + result.listKey() + " in the bucket");
      }
      if (result.underWay() > 0) {
        out.println("Run this again later to see how those under way ended.");
      }
    }
    out.flush();
    return 0;
  }
}
