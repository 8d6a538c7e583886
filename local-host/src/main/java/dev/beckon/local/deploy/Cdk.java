package dev.beckon.local.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The pinned CDK command line, run in the folder of the CDK application. */
public final class Cdk {
  private static final String NODE = "install Node.js 20 or later (https://nodejs.org)";

  /** Quiet where its talk is not about the stack. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION", "1",
          "CDK_DISABLE_CLI_TELEMETRY", "1",
          "JAVA_HOME", System.getProperty("java.home", ""));

  private final Path home;
  private final Path folder;
  private final Tools tools;

  /**
   * @param home of the whole project
   */
  public Cdk(Path home, Tools tools) {
    this.home = home.toAbsolutePath().normalize();
    this.folder = this.home.resolve("infra-cdk");
    this.tools = tools;
  }

  /**
   * Writes the templates and what they need to a folder; needs no AWS account.
   *
   * @return the exit code
   */
  public int synth(StackName name, Path output) throws IOException, InterruptedException {
    List<String> words = words("synth", name);
    words.addAll(List.of("--quiet", "--output", output.toAbsolutePath().toString()));
    return run(words, Map.of("AWS_EC2_METADATA_DISABLED", "true"));
  }

  /**
   * Creates the stack or brings it up to date.
   *
   * @param ask whether changes that widen permissions are shown and asked about
   * @return what the stack says of itself
   * @throws IllegalStateException when it did not come to its end
   */
  public StackOutputs deploy(StackName name, boolean ask, String region, Path outputs)
      throws IOException, InterruptedException {
    List<String> words = words("deploy", name);
    words.addAll(List.of("--outputs-file", outputs.toAbsolutePath().toString()));
    words.addAll(List.of("--require-approval", ask ? "broadening" : "never"));
    Files.createDirectories(outputs.toAbsolutePath().getParent());
    Files.deleteIfExists(outputs);
    if (run(words, Map.of("AWS_REGION", region)) != 0 || !Files.isReadable(outputs)) {
      throw new IllegalStateException(
          "the deployment did not come to its end; what CloudFormation says stands above. In a new AWS"
              + " account or region first: npx cdk bootstrap (docs/deploy-aws.md)");
    }
    return StackOutputs.read(outputs, name.stack());
  }

  /**
   * Removes the stack, without asking.
   *
   * @throws IllegalStateException when it did not come to its end
   */
  public void destroy(StackName name, String region) throws IOException, InterruptedException {
    List<String> words = words("destroy", name);
    words.add("--force");
    if (run(words, Map.of("AWS_REGION", region)) != 0) {
      throw new IllegalStateException(
          "the stack was not removed to its end; what CloudFormation says stands above. Mend it and run this again");
    }
  }

  private List<String> words(String verb, StackName name) {
    List<String> words = new ArrayList<>(List.of("--no-install", "cdk", verb, name.stack()));
    name.told().forEach((key, value) -> words.addAll(List.of("--context", key + "=" + value)));
    words.add("--no-notices");
    return words;
  }

  private int run(List<String> words, Map<String, String> more)
      throws IOException, InterruptedException {
    if (!Files.isReadable(folder.resolve("cdk.json"))) {
      throw new IllegalStateException("there is no " + folder.resolve("cdk.json"));
    }
    tools.find("node", NODE);
    Path npx = tools.find("npx", NODE);
    deployable();
    libraries();
    List<String> command = new ArrayList<>(List.of(npx.toString()));
    command.addAll(words);
    Map<String, String> variables = new HashMap<>(SETTINGS);
    variables.putAll(more);
    return tools.run(folder, variables, command);
  }

  /** What the functions run and what makes the templates, where ./beckon has not built it. */
  private void deployable() throws IOException, InterruptedException {
    if (Files.isReadable(home.resolve("aws-handlers/target/beckon-aws.jar"))
        && Files.isReadable(folder.resolve("target/classpath"))) {
      return;
    }
    List<String> build =
        List.of(
            home.resolve("mvnw").toString(),
            "--batch-mode",
            "--quiet",
            "-DskipTests",
            "--projects",
            "infra-cdk",
            "--also-make",
            "package");
    if (tools.run(home, Map.of(), build) != 0) {
      throw new IllegalStateException(
          "the deployable could not be built: ./mvnw package shows why");
    }
  }

  /** The CDK command line itself, at the version that package-lock.json pins. */
  private void libraries() throws IOException, InterruptedException {
    if (Files.exists(folder.resolve("node_modules/.bin/cdk"))) {
      return;
    }
    String verb = Files.exists(folder.resolve("package-lock.json")) ? "ci" : "install";
    Path npm = tools.find("npm", NODE);
    if (tools.run(folder, Map.of(), List.of(npm.toString(), verb, "--no-audit", "--no-fund"))
        != 0) {
      throw new IllegalStateException(
          "the CDK command line could not be fetched: npm "
              + verb
              + " in "
              + folder
              + " shows why");
    }
  }
}
