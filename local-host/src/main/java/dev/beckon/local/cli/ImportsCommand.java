package dev.beckon.local.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./beckon imports}: what operators do with dropped files. */
@Command(
    name = "imports",
    mixinStandardHelpOptions = true,
    description = "Shows, cancels, approves and forces imports.",
    subcommands = {
      ImportsListCommand.class,
      ImportsShowCommand.class,
      ImportsCancelCommand.class,
      ImportsApproveCommand.class,
      ImportsForceCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./beckon imports list                    the newest imports",
      "  ./beckon imports show ID                 one of them: figures, files, problem, or a check's report",
      "  ./beckon imports cancel ID               sends nothing more of it; lists who got a message"
    })
final class ImportsCommand implements Runnable {
  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec
  CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "name a command; ./beckon imports --help lists them");
  }
}
