package dev.beckon.local.cli;

import dev.beckon.local.deploy.Azure;
import dev.beckon.local.deploy.Cdk;
import dev.beckon.local.deploy.StackName;
import dev.beckon.local.deploy.Tools;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
    aws,
    azure
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
              + " AWS_PROFILE; which subscription of Azure, --subscription.")
  StackName.Profile profile = StackName.Profile.dev;

  @Option(
      names = "--prefix",
      paramLabel = "PREFIX",
      defaultValue = "beckon",
      description =
          "Tells installations of one account or subscription apart (default: ${DEFAULT-VALUE}). The stack, or resource"
              + " group, is PREFIX-PROFILE.")
  String prefix = "";

  @Option(
      names = {"-c", "--context"},
      paramLabel = "KEY=VALUE",
      description =
          "AWS: a value for the stack, such as publicUrl=https://…; docs/deploy-aws.md lists them.")
  Map<String, String> context = new LinkedHashMap<>();

  @Option(
      names = "--subscription",
      paramLabel = "NAME",
      description = "Azure: name or id of the subscription (default: the one az has chosen).")
  @Nullable String subscription;

  StackName name() {
    if (cloud == Cloud.azure && !context.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--context is for AWS; parameters of Azure are given by --parameters");
    }
    if (cloud == Cloud.aws && subscription != null) {
      throw new ParameterException(spec.commandLine(), "--subscription is for Azure");
    }
    try {
      return new StackName(profile, prefix, context);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /** The CDK, talking to the terminal. */
  static Cdk cdk() {
    return new Cdk(home(), tools());
  }

  /** Azure's command line, talking to the terminal. */
  Azure azure() {
    return new Azure(home(), tools(), Optional.ofNullable(subscription));
  }

  private static Path home() {
    return Path.of(System.getProperty("beckon.home", "."));
  }

  private static Tools tools() {
    return new Tools(System.getenv(), ProcessBuilder.Redirect.INHERIT);
  }

  /** A line that a person types; empty at the end of the input. */
  static String typed(PrintWriter out, String question) throws IOException {
    out.print(question);
    out.flush();
    // not closed: it is the process's own
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    String typed = in.readLine();
    return typed == null ? "" : typed.strip();
  }

  /** Where files of a stack lie: its variables end in {@code .env}. */
  static Path file(StackName name, String ending) {
    return Path.of(".beckon", name.stack() + ending);
  }
}
