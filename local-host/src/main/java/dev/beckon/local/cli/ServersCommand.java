package dev.beckon.local.cli;

import dev.beckon.local.simulation.LocalServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The local servers of the simulation; started by its commands. */
@Command(
    name = "servers",
    hidden = true,
    description = "Runs the servers of the simulation until nobody needs them.")
final class ServersCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FOLDER", description = "Where their files lie.")
  Path folder = SimulationOptions.FOLDER;

  @Option(
      names = "--idle",
      converter = Times.LengthConverter.class,
      description = "How long they stay without a command.")
  @Nullable Duration idle;

  @Override
  public Integer call() throws Exception {
    new LocalServers(folder).serve(idle == null ? LocalServers.IDLE : idle);
    return 0;
  }
}
