package dev.beckon.local.cli;

import dev.beckon.local.installation.Installation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./beckon imports force}. */
@Command(
    name = "force",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Imports a refused file as a new batch although its content was imported before.",
      "Who was asked within the dispatch's fatigue window is still left alone.",
      "An import can be forced once: run again, the command names the same new import."
    })
final class ImportsForceCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec
  CommandSpec spec;

  @Mixin InstallationOptions installation = new InstallationOptions();

  @Parameters(paramLabel = "ID", description = "The refused import's id.")
  String id = "";

  @Override
  public Integer call() {
    String forced;
    try (Installation open = installation.open()) {
      forced = open.application().imports().importForce().force(id, Operator.name());
    }
    spec.commandLine()
        .getOut()
        .println(
            "import "
                + forced
                + " runs; people asked within the fatigue window are left alone\n./beckon imports show "
                + forced);
    spec.commandLine().getOut().flush();
    return 0;
  }
}
