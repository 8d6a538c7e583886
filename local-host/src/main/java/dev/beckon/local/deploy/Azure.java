package dev.beckon.local.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Azure command line, deploying the Bicep files and the staged function app. */
public final class Azure {
  private static final String AZ =
      "install the Azure command line, 2.67 or later (https://aka.ms/azure-cli)";

  /** What an installation's data bears; the tag's name is quoted for the query language. */
  private static final String NOT_KEPT = "[?tags.\"beckon-keep\" != 'data'].id";

  private final Path home;
  private final Path template;
  private final Path staged;
  private final Tools tools;
  private final Optional<String> subscription;

  /**
   * @param home of the whole project
   * @param subscription its name or id; empty for the one that is chosen
   */
  public Azure(Path home, Tools tools, Optional<String> subscription) {
    this.home = home.toAbsolutePath().normalize();
    this.template = this.home.resolve("infra-bicep/main.bicep");
    this.staged = this.home.resolve("azure-handlers/target/azure-functions/beckon");
    this.tools = tools;
    this.subscription = subscription;
  }

  /**
   * Who decides whether what was shown is done.
   *
   * @see #deploy
   */
  @FunctionalInterface
  public interface Question {
    boolean agreed(String question) throws IOException;
  }

  /**
   * What a deployment is told.
   *
   * @param location of the resource group; empty where it is there already
   * @param parameters of the template, as the command line takes them: {@code key=value} or {@code
   *     @file}
   */
  public record Wishes(Optional<String> location, List<String> parameters) {
    public Wishes {
      parameters = List.copyOf(parameters);
    }
  }

  /**
   * Creates what is in the resource group or brings it up to date, and puts the app in.
   *
   * @param zip where the app's package is written
   * @return what the deployment says of itself; empty where the answer was no
   * @throws IllegalStateException when it did not come to its end
   */
  public Optional<StackOutputs> deploy(StackName name, Wishes wishes, Question question, Path zip)
      throws IOException, InterruptedException {
    signedIn();
    stage();
    group(name, wishes.location());
    List<String> inputs = inputs(name, wishes.parameters());
    must(
        az("deployment group what-if", inputs),
        "what would change cannot be told; what Azure says stands above");
    if (!question.agreed("Deploy this to the resource group " + name.stack() + "?")) {
      return Optional.empty();
    }
    List<String> create = az("deployment group create", inputs);
    create.addAll(List.of("--name", "beckon", "--query", "properties.outputs", "--output", "json"));
    Tools.Answer answer = tools.ask(home, create);
    if (!answer.isGood()) {
      throw new IllegalStateException(
          "the deployment did not come to its end; what Azure says stands above. Mend it and run this"
              + " again: what is there already stays (docs/deploy-azure.md)");
    }
    StackOutputs outputs = StackOutputs.ofDeployment(answer.text(), name.stack());
    AppPackage.write(staged, zip);
    String app = outputs.others().getOrDefault("functionApp", "");
    must(
        az(
            "functionapp deployment source config-zip",
            List.of(
                "--resource-group",
                name.stack(),
                "--name",
                app,
                "--src",
                zip.toAbsolutePath().toString())),
        "everything is provisioned, but the app was not put in; run this again, or: func azure"
            + " functionapp publish "
            + app);
    return Optional.of(outputs);
  }

  /**
   * Removes an installation, without asking.
   *
   * @param data whether files, secrets, keys and logs go as well
   */
  public void destroy(StackName name, boolean data) throws IOException, InterruptedException {
    signedIn();
    if (data) {
      must(
          az("group delete", List.of("--name", name.stack(), "--yes")),
          "the resource group was not removed to its end; what Azure says stands above");
      return;
    }
    Tools.Answer answer =
        tools.ask(
            home,
            az(
                "resource list",
                List.of("--resource-group", name.stack(), "--query", NOT_KEPT, "--output", "tsv")));
    if (!answer.isGood()) {
      throw new IllegalStateException(
          "what is in the resource group " + name.stack() + " cannot be listed");
    }
    List<String> ids = answer.text().lines().filter(line -> !line.isBlank()).toList();
    if (!ids.isEmpty()) {
      List<String> all = new ArrayList<>(List.of("--ids"));
      all.addAll(ids);
      must(
          az("resource delete", all),
          "not everything was removed; what Azure says stands above. Run this again");
    }
  }

  /** Compiles the template to ARM's own form; needs no subscription. */
  public void synth(Path output) throws IOException, InterruptedException {
    Files.createDirectories(output.toAbsolutePath().getParent());
    String az = tools.find("az", AZ + ", which brings the Bicep compiler").toString();
    List<String> command =
        List.of(
            az,
            "bicep",
            "build",
            "--file",
            template.toString(),
            "--outfile",
            output.toAbsolutePath().toString());
    must(command, "the template was not compiled; what Bicep says stands above");
  }

  /** Asked before anything is begun that would need it half way. */
  private void signedIn() throws IOException, InterruptedException {
    if (!tools.ask(home, az("account show", List.of("--output", "none"))).isGood()) {
      throw new IllegalStateException(
          "nobody is signed in to Azure, or not to this subscription: az login, then az account list"
              + " shows which there are");
    }
  }

  private void group(StackName name, Optional<String> location)
      throws IOException, InterruptedException {
    if (location.isPresent()) {
      must(
          az(
              "group create",
              List.of(
                  "--name",
                  name.stack(),
                  "--location",
                  location.get(),
                  "--tags",
                  "beckon-installation=" + name.stack(),
                  "--output",
                  "none")),
          "the resource group "
              + name.stack()
              + " could not be made; what Azure says stands above");
    } else if (!tools
        .ask(home, az("group show", List.of("--name", name.stack(), "--output", "none")))
        .isGood()) {
      throw new IllegalStateException(
          "there is no resource group "
              + name.stack()
              + " yet: say where recipients' data may lie, such as --location westeurope");
    }
  }

  private List<String> inputs(StackName name, List<String> parameters) {
    Path file = home.resolve("infra-bicep/parameters/" + name.profile() + ".parameters.json");
    List<String> inputs =
        new ArrayList<>(
            List.of(
                "--resource-group",
                name.stack(),
                "--template-file",
                template.toString(),
                "--parameters",
                "@" + file,
                "prefix=" + name.prefix()));
    inputs.addAll(parameters);
    return inputs;
  }

  /** A command of az, and more words of it. */
  private List<String> az(String command, List<String> more) {
    List<String> words = new ArrayList<>(List.of(tools.find("az", AZ).toString()));
    words.addAll(List.of(command.split(" ", -1)));
    words.addAll(more);
    subscription.ifPresent(id -> words.addAll(List.of("--subscription", id)));
    return words;
  }

  private void must(List<String> command, String otherwise)
      throws IOException, InterruptedException {
    if (tools.run(home, Map.of(), command) != 0) {
      throw new IllegalStateException(otherwise);
    }
  }

  /** The app as it is put in, where ./beckon has not built it. */
  private void stage() throws IOException, InterruptedException {
    if (Files.isReadable(staged.resolve("host.json"))) {
      return;
    }
    must(
        List.of(
            home.resolve("mvnw").toString(),
            "--batch-mode",
            "--quiet",
            "-DskipTests",
            "--projects",
            "azure-handlers",
            "--also-make",
            "package"),
        "the function app could not be built: ./mvnw package shows why");
  }
}
