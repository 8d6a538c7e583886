package dev.beckon.local.cli;

import dev.beckon.local.deploy.AwsAccess;
import dev.beckon.local.deploy.Azure;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./beckon deploy}. */
@Command(
    name = "deploy",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Brings an installation to the cloud, or up to date; then creates the store's indexes and looks it over.",
      "",
      "On AWS: runs the CDK application in infra-cdk with Node.js and the credentials of this shell"
          + " (docs/deploy-aws.md). On Azure: deploys the Bicep files in infra-bicep and the function app with az, as"
          + " whoever signed in to it (docs/deploy-azure.md). Writes the installation's variables to .beckon/STACK.env"
          + " for the other commands."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./beckon deploy aws                                    beckon-dev",
      "  ./beckon deploy aws --profile prod --prefix acme --yes acme-prod, without a question",
      "  ./beckon deploy azure --location westeurope            beckon-dev, in a resource group of that name",
      "  ./beckon deploy azure --profile prod --parameters publicUrl=https://ask.example.com"
    })
final class DeployCommand implements Callable<Integer> {
  private static final Duration LOOK = Duration.ofSeconds(30);

  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec
  CommandSpec spec;

  @Mixin StackOptions options = new StackOptions();

  @Option(
      names = "--location",
      paramLabel = "REGION",
      description = "Azure: where recipients' data may lie; needed the first time.")
  @Nullable String location;

  @Option(
      names = "--parameters",
      paramLabel = "KEY=VALUE",
      description =
          "Azure: a parameter of the template, such as alarmEmail=…; --parameters=@FILE gives several."
              + " docs/deploy-azure.md lists them.")
  List<String> parameters = new ArrayList<>();

  @Option(
      names = "--yes",
      description = "Do not ask: on AWS about changes that widen permissions, on Azure about any.")
  boolean yes;

  @Override
  public Integer call() throws Exception {
    StackName name = options.name();
    PrintWriter out = spec.commandLine().getOut();
    Optional<StackOutputs> deployed =
        switch (options.cloud) {
          case aws -> aws(name);
          case azure -> azure(name, out);
        };
    if (deployed.isEmpty()) {
      out.println("Nothing was changed.");
      out.flush();
      return 1;
    }
    StackOutputs outputs = deployed.get();
    Path file = StackOptions.file(name, ".env");
    new EnvironmentFile(file).write(outputs.environment());

    out.println();
    outputs.others().forEach((key, value) -> out.printf("%-24s %s%n", key, value));
    out.printf("%-24s %s%n%n", "variables", file);
    if (options.cloud == StackOptions.Cloud.azure) {
      out.println(secrets(outputs.others().getOrDefault("vault", "")));
    }
    out.println(migrated(file));
    Report report =
        Doctor.examine(Installation.variables(file, System.getenv()), Vendors.catalog(), LOOK);
    out.print(DoctorCommand.text(report));
    out.print(next(file, report.isSound()));
    out.flush();
    return 0;
  }

  private Optional<StackOutputs> aws(StackName name) throws Exception {
    if (location != null || !parameters.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--location and --parameters are for Azure; the region of AWS is AWS_REGION's, values are"
              + " given by --context");
    }
    String region = AwsAccess.of(System.getenv()).region();
    StackOutputs outputs =
        StackOptions.cdk().deploy(name, !yes, region, StackOptions.file(name, ".outputs.json"));
    Map<String, String> variables = new TreeMap<>(outputs.environment());
    variables.putIfAbsent("AWS_REGION", region);
    return Optional.of(new StackOutputs(variables, outputs.others()));
  }

  private Optional<StackOutputs> azure(StackName name, PrintWriter out) throws Exception {
    return options
        .azure()
        .deploy(
            name,
            new Azure.Wishes(Optional.ofNullable(location), parameters),
            question -> yes || StackOptions.typed(out, question + " (yes/no) ").equals("yes"),
            StackOptions.file(name, ".zip"));
  }

  /** The template makes the vault empty: a value in it could overwrite the operator's. */
  private static String secrets(String vault) {
    return """
    Unless they are filled already: the connection string, and a key of recipient hashes, which is to be backed up
    and never overwritten (docs/deploy-azure.md).
      az keyvault secret set --vault-name %1$s --name mongo-uri --file mongo-uri.txt --encoding utf-8 --output none
      openssl rand -base64 32 | tr -d '\\n' > hash-key.txt
      az keyvault secret set --vault-name %1$s --name beckon-hash-key --file hash-key.txt --encoding utf-8 --output none
    """
        .formatted(vault);
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
