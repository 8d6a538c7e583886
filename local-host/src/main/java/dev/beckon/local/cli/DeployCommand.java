package dev.beckon.local.cli;

import dev.beckon.local.deploy.AwsAccess;
import dev.beckon.local.deploy.StackName;
import dev.beckon.local.deploy.StackOutputs;
import dev.beckon.local.doctor.Doctor;
import dev.beckon.local.doctor.Report;
import dev.beckon.local.installation.EnvironmentFile;
import dev.beckon.local.installation.Installation;
import dev.beckon.privacy.Failures;
import dev.beckon.vendors.Vendors;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./beckon deploy}. */
@Command(
    name = "deploy",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Brings an installation to the cloud, or up to date; then creates the store's indexes and looks it over.",
      "",
      "Runs the CDK application in infra-cdk with Node.js and the AWS credentials of this shell, and writes the"
          + " installation's variables to .beckon/STACK.env for the other commands. docs/deploy-aws.md is the guide."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./beckon deploy aws                                    beckon-dev",
      "  ./beckon deploy aws --profile prod --prefix acme --yes acme-prod, without a question"
    })
final class DeployCommand implements Callable<Integer> {
  private static final Duration LOOK = Duration.ofSeconds(30);

  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec
  CommandSpec spec;

  @Mixin StackOptions options = new StackOptions();

  @Option(names = "--yes", description = "Do not ask about changes that widen permissions.")
  boolean yes;

  @Override
  public Integer call() throws Exception {
    StackName name = options.name();
    String region = AwsAccess.of(System.getenv()).region();
    StackOutputs outputs =
        StackOptions.cdk().deploy(name, !yes, region, StackOptions.file(name, ".outputs.json"));
    Map<String, String> variables = new TreeMap<>(outputs.environment());
    variables.putIfAbsent("AWS_REGION", region);
    Path file = StackOptions.file(name, ".env");
    new EnvironmentFile(file).write(variables);

    PrintWriter out = spec.commandLine().getOut();
    out.println();
    outputs.others().forEach((key, value) -> out.printf("%-24s %s%n", key, value));
    out.printf("%-24s %s%n%n", "variables", file);
    out.println(migrated(file));
    Report report =
        Doctor.examine(Installation.variables(file, System.getenv()), Vendors.catalog(), LOOK);
    out.print(DoctorCommand.text(report));
    out.print(next(file, report.isSound()));
    out.flush();
    return 0;
  }

  /** The first deployment knows no store yet: its secrets are to be filled by a person. */
  private static String migrated(Path file) {
    try (Installation opened = Installation.open(file, System.getenv())) {
      opened.application().migrate();
      return "the store has every index";
    } catch (RuntimeException e) {
      return "the store's indexes are not created yet: " + Failures.tell(e);
    }
  }

  private static String next(Path file, boolean sound) {
    return sound
        ? """

        Next: ./beckon configure account.json --env %1$s, then drop a file in FEED/incoming/ of the bucket.
        """
            .formatted(file)
        : """

        Next: mend what is marked with ✘ (secrets first), then
          ./beckon migrate --env %1$s
          ./beckon doctor --env %1$s
          ./beckon configure account.json --env %1$s
        """
            .formatted(file);
  }
}
