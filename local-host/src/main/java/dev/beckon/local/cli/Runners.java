package dev.beckon.local.cli;

import dev.beckon.local.cloud.Runner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What {@code --cloud} and {@code --runtime} mean together. */
final class Runners {

  private Runners() {}

  static Runner named(CommandLine command, String cloud, @Nullable String runtime) {
    return switch (cloud) {
      case "aws" -> onAws(command, runtime == null ? "local" : runtime);
      case "azure" -> {
        if (runtime != null) {
          throw new ParameterException(
              command,
              "--runtime is for --cloud aws: on Azure all functions run in one functions host; leave it out");
        }
        yield Runner.FUNCTIONS;
      }
      default -> throw new ParameterException(command, "--cloud is aws or azure, not " + cloud);
    };
  }

  private static Runner onAws(CommandLine command, String runtime) {
    return switch (runtime) {
      case "local" -> Runner.WORKER;
      case "lambda" -> Runner.LAMBDA;
      default ->
          throw new ParameterException(command, "--runtime is local or lambda, not " + runtime);
    };
  }
}
