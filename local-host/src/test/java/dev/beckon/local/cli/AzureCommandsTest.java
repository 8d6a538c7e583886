package dev.beckon.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.local.cli.CommandProject.Seen;
import dev.beckon.local.cloud.AwsSide;
import dev.beckon.local.cloud.LocalCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands in processes of their own, with an az that records what it is told. */
class AzureCommandsTest {
  private static final String AZ =
      """
      #!/bin/sh
      printf '%s\\n' "$*" >> "$CALLS"
      case "$*" in
        *"$FAILS"*) exit 1 ;;
        "deployment group create"*) cat "$OUTPUTS" ;;
        "resource list"*) printf '/subscriptions/s/a\\n/subscriptions/s/b\\n' ;;
      esac
      """;

  @TempDir Path folder;
  private CommandProject project;

  @BeforeEach
  void project() throws IOException {
    project = new CommandProject(folder);
    project.write("infra-bicep/main.bicep", "");
    project.write("azure-handlers/target/azure-functions/beckon/host.json", "{}");
    project.write("azure-handlers/target/azure-functions/beckon/local.settings.json", "{}");
    project.write("azure-handlers/target/azure-functions/beckon/lib/one.jar", "x");
    project.program("az", AZ);
    project.environment.put("FAILS", "nothing fails");
  }

  private void outputs(Map<String, String> variables) throws IOException {
    ObjectNode root = JsonMapper.builder().build().createObjectNode();
    root.putObject("operatorEnvironment")
        .put("type", "String")
        .put("value", CommandProject.lines(variables));
    root.putObject("functionApp").put("type", "String").put("value", "the-app");
    root.putObject("vault").put("type", "String").put("value", "the-vault");
    project.write("outputs", root.toString());
  }

  @Test
  void deploy_agreed_makesGroup_showsAndDeploys_putsTheAppIn_andLooksItOver(@TempDir Path shared)
      throws Exception {
    try (LocalCloud<AwsSide> cloud =
        LocalCloud.start(
            LocalCloud.Options.in(shared), () -> AwsSide.start(Duration.ofMinutes(2), 2))) {
      Map<String, String> variables = new HashMap<>(cloud.workerEnvironment());
      variables.put("BECKON_DATABASE", "deployed");
      outputs(variables);

      Seen seen =
          project.beckon(
              "yes\n",
              "deploy",
              "azure",
              "--profile=qa",
              "--prefix=acme",
              "--subscription=mine",
              "--location=westeurope",
              "--parameters=alwaysReady=2");

      assertThat(seen.text())
          .contains("Deploy this to the resource group acme-qa?")
          .contains("az keyvault secret set --vault-name the-vault --name mongo-uri")
          .contains("tr -d '\\n' > hash-key.txt")
          .contains("the store has every index", "✔ store ")
          .contains("Next: ./beckon configure account.json --env .beckon/acme-qa.env");
      assertThat(seen.code()).isZero();
    }
    Path here = folder.toRealPath();
    String inputs =
        " --resource-group acme-qa --template-file "
            + here.resolve("infra-bicep/main.bicep")
            + " --parameters @"
            + here.resolve("infra-bicep/parameters/qa.parameters.json")
            + " prefix=acme alwaysReady=2 --subscription mine";
    assertThat(project.calls())
        .containsExactly(
            "account show --output none --subscription mine",
            "group create --name acme-qa --location westeurope --tags beckon-installation=acme-qa"
                + " --output none --subscription mine",
            "deployment group what-if" + inputs,
            "deployment group create"
                + inputs
                + " --name beckon --query properties.outputs --output json",
            "functionapp deployment source config-zip --resource-group acme-qa --name the-app --src "
                + here.resolve(".beckon/acme-qa.zip")
                + " --subscription mine");
    assertThat(Files.readString(folder.resolve(".beckon/acme-qa.env")))
        .contains("BECKON_DATABASE=deployed\n");
    try (ZipFile zip = new ZipFile(folder.resolve(".beckon/acme-qa.zip").toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName)).containsExactly("host.json", "lib/one.jar");
    }
  }

  @Test
  void deploy_notAgreed_onlyLooks() throws Exception {
    Seen seen = project.beckon("no\n", "deploy", "azure");

    assertThat(seen.text()).contains("Nothing was changed.");
    assertThat(seen.code()).isEqualTo(1);
    assertThat(project.calls())
        .hasSize(3)
        .anyMatch(call -> call.startsWith("group show --name beckon-dev"))
        .noneMatch(call -> call.startsWith("deployment group create"));
    assertThat(folder.resolve(".beckon/beckon-dev.env")).doesNotExist();
  }

  @Test
  void deploy_somethingFails_saysWhatAndWhatToDo_andWritesNoVariables() throws Exception {
    outputs(Map.of("BECKON_DATABASE", "x"));
    Map<String, String> failures =
        Map.of(
            "account show", "az login",
            "group show", "--location westeurope",
            "group what-if", "what would change cannot be told",
            "group create --resource", "the deployment did not come to its end",
            "config-zip", "func azure functionapp publish the-app");
    for (Map.Entry<String, String> failure : failures.entrySet()) {
      project.environment.put("FAILS", failure.getKey());
      Seen seen = project.beckon("", "deploy", "azure", "--yes");

      assertThat(seen.text()).contains("beckon: ").contains(failure.getValue());
      assertThat(seen.code()).isEqualTo(1);
    }
    project.environment.put("PATH", "/nowhere");
    assertThat(project.beckon("", "deploy", "azure").text())
        .isEqualTo(
            "beckon: az is not on the path: install the Azure command line, 2.67 or later"
                + " (https://aka.ms/azure-cli)\n");
    assertThat(folder.resolve(".beckon/beckon-dev.env")).doesNotExist();
  }

  @Test
  void destroy_nameTyped_removesAllButTheData() throws Exception {
    Path variables = project.write(".beckon/beckon-prod.env", "A=b\n");
    Seen seen = project.beckon("beckon-prod\n", "destroy", "azure", "--profile=prod");

    assertThat(seen.text())
        .contains("What stays in the resource group, and goes on costing")
        .contains("installation beckon-prod is removed, its data is kept");
    assertThat(project.calls())
        .containsExactly(
            "account show --output none",
            "resource list --resource-group beckon-prod --query [?tags.\"beckon-keep\" != 'data'].id"
                + " --output tsv",
            "resource delete --ids /subscriptions/s/a /subscriptions/s/b");
    assertThat(variables).doesNotExist();
  }

  @Test
  void destroy_withData_removesTheGroup_anotherNameTyped_nothing() throws Exception {
    assertThat(project.beckon("beckon-dev\n", "destroy", "azure", "--data", "--prefix=acme").text())
        .contains("EVERYTHING")
        .contains("Nothing was changed.");
    assertThat(project.calls()).isEmpty();

    assertThat(project.beckon("acme-dev\n", "destroy", "azure", "--data", "--prefix=acme").code())
        .isZero();
    assertThat(project.calls())
        .containsExactly("account show --output none", "group delete --name acme-dev --yes");
  }

  @Test
  void synth_compiles_orSaysWhatIsMissing() throws Exception {
    assertThat(project.beckon("", "synth", "azure"))
        .isEqualTo(new Seen(0, ".beckon/beckon-dev.arm.json\n"));
    assertThat(project.calls())
        .containsExactly(
            "bicep build --file "
                + folder.toRealPath().resolve("infra-bicep/main.bicep")
                + " --outfile "
                + folder.toRealPath().resolve(".beckon/beckon-dev.arm.json"));
    project.environment.put("PATH", "/nowhere");
    assertThat(project.beckon("", "synth", "azure").text())
        .contains("az is not on the path", "which brings the Bicep compiler");
  }

  @Test
  void optionsOfTheOtherCloud_areRefused_withCode2() {
    assertThat(Shell.run("deploy", "azure", "-c", "publicUrl=https://x.example").err())
        .contains("--context is for AWS");
    assertThat(Shell.run("deploy", "aws", "--location=westeurope").err())
        .contains("--location and --parameters are for Azure");
    assertThat(Shell.run("deploy", "aws", "--subscription=x").err())
        .contains("--subscription is for Azure");
    assertThat(Shell.run("destroy", "aws", "--data").code()).isEqualTo(2);
  }
}
