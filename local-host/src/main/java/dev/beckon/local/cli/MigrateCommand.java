package dev.beckon.local.cli;

import dev.beckon.local.installation.Installation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./beckon migrate}. */
@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Creates the store's indexes; those that exist are left as they are.",
      "Run it before the first file and after each upgrade; it may run while work goes on."
    })
final class MigrateCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec
  CommandSpec spec;

  @Mixin InstallationOptions installation = new InstallationOptions();

  @Override
  public Integer call() {
    try (Installation opened = installation.open()) {
      opened.application().migrate();
    }
    spec.commandLine().getOut().println("the store has every index");
    spec.commandLine().getOut().flush();
    return 0;
  }
}
