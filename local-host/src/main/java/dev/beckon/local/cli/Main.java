package dev.beckon.local.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Way in of the {@code beckon} command. */
@Command(
    name = "beckon",
    mixinStandardHelpOptions = true,
    version = "beckon 0.1.0-SNAPSHOT",
    description = "Survey invitations from serverless functions, on one machine.",
    subcommands = {
      DemoCommand.class,
      ServeCommand.class,
      DoctorCommand.class,
      ConfigureCommand.class,
      MigrateCommand.class,
      DeployCommand.class,
      DestroyCommand.class,
      SynthCommand.class,
      ImportsCommand.class,
      KeysCommand.class,
      PauseCommand.class,
      ResumeCommand.class,
      EraseCommand.class,
      FindCommand.class,
      JournalCommand.class,
      RedriveCommand.class,
      ParcelsCommand.class,
      TortureCommand.class,
      ProduceCommand.class,
      SendCommand.class,
      MonitorCommand.class,
      StopCommand.class,
      ServersCommand.class,
      BenchCommand.class,
      WorkerCommand.class,
      FunctionsHostCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it worked",
      "1:it ran and the result is not right",
      "2:the command line is not right"
    })
public final class Main implements Runnable {
  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec
  CommandSpec spec;

  /** Called by Java and, with the arguments of a person, by ./beckon. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    return new CommandLine(new Main())
        .setUsageHelpWidth(100)
        .setParameterExceptionHandler((e, given) -> {
          CommandLine command = e.getCommandLine();
          command.getErr().println("beckon: " + e.getMessage());
          command
              .getErr()
              .println("Try: ./" + command.getCommandSpec().qualifiedName() + " --help");
          return command.getCommandSpec().exitCodeOnInvalidInput();
        })
        .setExecutionExceptionHandler((e, command, parsed) -> {
          command.getErr().println("beckon: " + (e.getMessage() == null ? e : e.getMessage()));
          return 1;
        })
        .execute(arguments);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a command; ./beckon --help lists them");
  }
}
