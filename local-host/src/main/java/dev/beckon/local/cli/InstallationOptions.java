package dev.beckon.local.cli;

import dev.beckon.local.installation.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which installation a command works on. */
final class InstallationOptions {
  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec(Target.MIXEE)
  CommandSpec spec;

  @Option(
      names = "--env",
      paramLabel = "FILE",
      description =
          "Variables of the installation, NAME=value a line (default: the environment's, or what ./beckon serve or"
              + " demo runs in this folder).")
  @Nullable Path file;

  /** Connects; to be closed by the command. */
  Installation open() {
    return Installation.open(readable(), System.getenv());
  }

  /** Its variables, not yet checked. */
  Map<String, String> variables() {
    return Installation.variables(readable(), System.getenv());
  }

  private @Nullable Path readable() {
    if (file != null && !Files.isReadable(file)) {
      throw new ParameterException(spec.commandLine(), "--env: cannot read " + file);
    }
    return file;
  }
}
