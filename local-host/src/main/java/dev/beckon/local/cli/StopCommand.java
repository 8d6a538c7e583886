package dev.beckon.local.cli;

import dev.beckon.local.simulation.LocalServers;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./beckon stop}. */
@Command(
    name = "stop",
    mixinStandardHelpOptions = true,
    description =
        "Stops the local servers of the simulation in this folder; what they stored is gone.")
final class StopCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec
  CommandSpec spec;

  @Override
  public Integer call() {
    boolean stopped = new LocalServers(SimulationOptions.FOLDER).stop();
    spec.commandLine()
        .getOut()
        .println(stopped ? "the local servers are stopped" : "no local servers run in this folder");
    spec.commandLine().getOut().flush();
    return 0;
  }
}
