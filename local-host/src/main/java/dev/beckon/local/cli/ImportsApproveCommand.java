package dev.beckon.local.cli;

import dev.beckon.local.installation.Installation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./beckon imports approve}. */
@Command(
    name = "approve",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Lets an import go out that waits for approval.")
final class ImportsApproveCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec
  CommandSpec spec;

  @Mixin InstallationOptions installation = new InstallationOptions();

  @Parameters(paramLabel = "ID", description = "The import's id, from ./beckon imports list.")
  String id = "";

  @Override
  public Integer call() {
    int woken;
    try (Installation open = installation.open()) {
      woken = open.application().imports().importApproval().approve(id, Operator.name());
    }
    spec.commandLine().getOut().println("approved " + id + "; parcels that go out now: " + woken);
    spec.commandLine().getOut().flush();
    return 0;
  }
}
