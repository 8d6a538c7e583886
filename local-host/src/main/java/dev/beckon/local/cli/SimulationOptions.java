package dev.beckon.local.cli;

import dev.beckon.config.ConfigKey;
import dev.beckon.local.installation.Installation;
import dev.beckon.local.simulation.LocalServers;
import dev.beckon.local.simulation.Presence;
import dev.beckon.vendor.VendorCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which installation a command of the simulation works on. */
final class SimulationOptions {
  /** Where the files of runs lie. */
  static final Path FOLDER = Path.of(".beckon");

  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec(Target.MIXEE)
  CommandSpec spec;

  @Option(
      names = "--env",
      paramLabel = "FILE",
      description =
          "Variables of an installation, NAME=value a line (default: the environment's, or else local servers that"
              + " are started when they do not run).")
  @Nullable Path file;

  /**
   * An installation, kept running as long as this is open.
   *
   * @param presence what keeps it running; null where it runs by itself
   */
  record Joined(Installation installation, @Nullable Presence presence) implements AutoCloseable {
    @Override
    public void close() {
      try (presence) {
        installation.close();
      }
    }
  }

  /** Connects, and starts local servers where none is named and none runs. */
  Joined join(VendorCatalog vendors) throws IOException, InterruptedException {
    if (file != null && !Files.isReadable(file)) {
      throw new ParameterException(spec.commandLine(), "--env: cannot read " + file);
    }
    if (file != null || System.getenv().containsKey(ConfigKey.MONGO_URI.variable())) {
      return new Joined(reached(Installation.open(file, System.getenv(), vendors)), null);
    }
    LocalServers servers = new LocalServers(FOLDER);
    Presence presence =
        servers.join(line -> {
          spec.commandLine().getErr().println(line);
          spec.commandLine().getErr().flush();
        });
    return new Joined(
        reached(Installation.open(servers.environment(), System.getenv(), vendors)), presence);
  }

  /** Found out before anything is done: the driver's own words help nobody. */
  private static Installation reached(Installation installation) {
    try {
      installation.application().stores().accounts().all();
      return installation;
    } catch (RuntimeException e) {
      installation.close();
      throw new IllegalStateException(
          "the store of this installation does not answer: does it still run, and is "
              + ConfigKey.MONGO_URI.variable()
              + " its address?",
          e);
    }
  }

  /** Refuses a number out of bounds. */
  void within(String option, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new ParameterException(
          spec.commandLine(),
          option
              + " must be from "
              + plain(least)
              + " to "
              + plain(most)
              + ", not "
              + plain(value));
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.format(Locale.ROOT, "%,d", (long) value)
        : Double.toString(value);
  }
}
