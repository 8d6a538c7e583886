package dev.beckon.local.cli;

import dev.beckon.local.deploy.Cdk;
import dev.beckon.local.deploy.StackName;
import dev.beckon.local.deploy.Tools;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which stack a command works on. */
final class StackOptions {
  /** Clouds that an installation can be brought to. */
  enum Cloud {
    aws
  }

  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec(Target.MIXEE)
  CommandSpec spec;

  @Parameters(paramLabel = "CLOUD", description = "The cloud: ${COMPLETION-CANDIDATES}.")
  Cloud cloud = Cloud.aws;

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      defaultValue = "dev",
      description =
          "What the installation is for: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). Which AWS account, says"
              + " AWS_PROFILE.")
  StackName.Profile profile = StackName.Profile.dev;

  @Option(
      names = "--prefix",
      paramLabel = "PREFIX",
      defaultValue = "beckon",
      description =
          "Tells installations of one AWS account apart (default: ${DEFAULT-VALUE}). The stack is PREFIX-PROFILE.")
  String prefix = "";

  @Option(
      names = {"-c", "--context"},
      paramLabel = "KEY=VALUE",
      description =
          "A value for the stack, such as publicUrl=https://…; docs/deploy-aws.md lists them.")
  Map<String, String> context = new LinkedHashMap<>();

  StackName name() {
    try {
      return new StackName(profile, prefix, context);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /** The CDK, talking to the terminal. */
  static Cdk cdk() {
    return new Cdk(
        Path.of(System.getProperty("beckon.home", ".")),
        new Tools(System.getenv(), ProcessBuilder.Redirect.INHERIT));
  }

  /** Where files of a stack lie: its variables end in {@code .env}. */
  static Path file(StackName name, String ending) {
    return Path.of(".beckon", name.stack() + ending);
  }
}
