package dev.beckon.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.local.cli.CommandProject.Seen;
import dev.beckon.local.cloud.AwsSide;
import dev.beckon.local.cloud.LocalCloud;
import dev.beckon.local.servers.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands in processes of their own, with a CDK that records what it is told and answers with
 * the outputs of a stack: those of a local cloud, so that what follows a deployment really happens.
 */
class DeployCommandsTest {
  private static final String NPX =
      """
      #!/bin/sh
      printf '%s\\n' "$*" >> "$CALLS"
      while [ $# -gt 0 ]; do
        if [ "$1" = --outputs-file ] && [ -f "$OUTPUTS" ]; then cp "$OUTPUTS" "$2"; fi
        shift
      done
      exit "${CODE:-0}"
      """;

  @TempDir static Path shared;
  private static LocalCloud<AwsSide> cloud;

  @TempDir Path folder;
  private CommandProject project;

  @BeforeAll
  static void start() throws IOException {
    cloud =
        LocalCloud.start(
            LocalCloud.Options.in(shared), () -> AwsSide.start(Duration.ofMinutes(2), 2));
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @BeforeEach
  void project() throws IOException {
    project = new CommandProject(folder);
    project.write("infra-cdk/cdk.json", "{}");
    project.write("infra-cdk/target/classpath", "");
    project.write("infra-cdk/node_modules/.bin/cdk", "");
    project.write("aws-handlers/target/beckon-aws.jar", "");
    project.program("node", "#!/bin/sh\n");
    project.program("npx", NPX);
    project.environment.put("AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY);
    project.environment.put("AWS_SECRET_ACCESS_KEY", S3Server.SECRET_KEY);
    project.environment.put("AWS_REGION", "eu-central-1");
    project.environment.put("AWS_EC2_METADATA_DISABLED", "true");
    project.environment.put("AWS_CONFIG_FILE", folder.resolve("none").toString());
    project.environment.put("AWS_SHARED_CREDENTIALS_FILE", folder.resolve("none").toString());
  }

  private void outputs(String stack, Map<String, String> variables) throws IOException {
    ObjectNode root = JsonMapper.builder().build().createObjectNode();
    root.putObject(stack)
        .put("OperatorEnvironment", CommandProject.lines(variables))
        .put("Bucket", "the-bucket");
    project.write("outputs", root.toString());
  }

  @Test
  void deploy_tellsTheCdk_writesVariables_createsIndexes_andLooksItOver() throws Exception {
    Map<String, String> variables = new HashMap<>(cloud.workerEnvironment());
    variables.put("BECKON_DATABASE", "deployed");
    variables.remove("AWS_REGION");
    outputs("acme-qa", variables);

    Seen seen =
        project.beckon(
            "",
            "deploy",
            "aws",
            "--profile=qa",
            "--prefix=acme",
            "-c",
            "publicUrl=https://x.example");

    assertThat(project.calls())
        .containsExactly(
            "--no-install cdk deploy acme-qa --context prefix=acme --context profile=qa"
                + " --context publicUrl=https://x.example --no-notices --outputs-file "
                + folder.resolve(".beckon/acme-qa.outputs.json").toRealPath()
                + " --require-approval broadening");
    assertThat(seen.text())
        .contains("Bucket                   the-bucket")
        .contains("the store has every index", "✔ store ")
        .containsPattern("all [0-9]+ indexes are there")
        .contains("Next: ./beckon configure account.json --env .beckon/acme-qa.env");
    assertThat(seen.code()).isZero();
    assertThat(Files.readString(folder.resolve(".beckon/acme-qa.env")))
        .contains("BECKON_DATABASE=deployed\n", "AWS_REGION=eu-central-1\n");
  }

  @Test
  void deploy_firstTime_secretsNotFilled_isDone_andSaysWhatIsToBeFilled() throws Exception {
    Map<String, String> variables = new HashMap<>(cloud.workerEnvironment());
    variables.put("BECKON_MONGO_URI", "secret://mongo-uri");
    Path secrets = project.write("secrets.json", "{\"mongo-uri\": \"fill-me\"}");
    variables.put("BECKON_SECRETS", "file:" + secrets);
    outputs("beckon-dev", variables);

    Seen seen = project.beckon("", "deploy", "aws", "--yes");

    assertThat(project.calls()).singleElement().asString().endsWith(" --require-approval never");
    assertThat(seen.text())
        .contains("the store's indexes are not created yet")
        .contains("✘ secrets", "secret://mongo-uri is not filled")
        .contains("Next: mend what is marked with ✘");
    assertThat(seen.code()).isZero();
  }

  @Test
  void deploy_cdkFails_endsWithCode1_andWritesNoVariables() throws Exception {
    project.environment.put("CODE", "1");
    Seen seen = project.beckon("", "deploy", "aws");

    assertThat(seen.text()).contains("beckon: the deployment did not come to its end");
    assertThat(seen.code()).isEqualTo(1);
    assertThat(folder.resolve(".beckon/beckon-dev.env")).doesNotExist();
  }

  @Test
  void deploy_withoutCredentialsRegionOrNode_saysWhich_andCallsNothing() throws Exception {
    project.environment.remove("AWS_ACCESS_KEY_ID");
    assertThat(project.beckon("", "deploy", "aws").text())
        .contains("no AWS credentials were found");
    project.environment.put("AWS_ACCESS_KEY_ID", "x");
    project.environment.remove("AWS_REGION");
    assertThat(project.beckon("", "deploy", "aws").text()).contains("no AWS region is set");
    project.environment.put("AWS_DEFAULT_REGION", "eu-west-1");
    project.environment.put("PATH", folder.toString());
    assertThat(project.beckon("", "deploy", "aws"))
        .isEqualTo(
            new Seen(
                1,
                "beckon: node is not on the path: install Node.js 20 or later (https://nodejs.org)\n"));
    assertThat(project.calls()).isEmpty();
  }

  @Test
  void destroy_anotherNameTyped_changesNothing() throws Exception {
    Seen seen = project.beckon("beckon-dev\n", "destroy", "aws", "--profile=prod");

    assertThat(seen.text())
        .contains("Removing beckon-prod", "What stays, and goes on costing: the bucket")
        .contains("Nothing was changed.");
    assertThat(seen.code()).isEqualTo(1);
    assertThat(project.calls()).isEmpty();
  }

  @Test
  void destroy_nameTyped_removesStackAndVariables() throws Exception {
    Path variables = project.write(".beckon/beckon-dev.env", "A=b\n");
    Seen seen = project.beckon("beckon-dev\n", "destroy", "aws");

    assertThat(project.calls())
        .containsExactly(
            "--no-install cdk destroy beckon-dev --context prefix=beckon --context profile=dev"
                + " --no-notices --force");
    assertThat(seen.text()).contains("stack beckon-dev is removed from eu-central-1");
    assertThat(seen.code()).isZero();
    assertThat(variables).doesNotExist();
  }

  @Test
  void synth_needsNoCredentials_andNamesTheTemplate() throws Exception {
    project.environment.keySet().removeIf(name -> name.startsWith("AWS_"));
    Seen seen = project.beckon("", "synth", "aws", "--profile=prod");

    assertThat(project.calls())
        .singleElement()
        .asString()
        .startsWith("--no-install cdk synth beckon-prod ")
        .contains(" --output ");
    assertThat(seen).isEqualTo(new Seen(0, ".beckon/beckon-prod.cdk/beckon-prod.template.json\n"));
  }

  @Test
  void wrongOptions_areRefused_withCode2() {
    assertThat(Shell.run("deploy", "elsewhere").err()).contains("CLOUD");
    assertThat(Shell.run("synth", "aws", "--prefix=Acme").err())
        .contains("--prefix must be lower-case letters");
    assertThat(Shell.run("deploy", "aws", "--profile=live").code()).isEqualTo(2);
  }
}
