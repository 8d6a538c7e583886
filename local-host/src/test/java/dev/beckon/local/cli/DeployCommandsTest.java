package dev.beckon.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.local.demo.AwsSide;
import dev.beckon.local.demo.LocalCloud;
import dev.beckon.local.servers.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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
  private final Map<String, String> environment = new HashMap<>();

  private record Seen(int code, String text) {}

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
    write("infra-cdk/cdk.json", "{}");
    write("infra-cdk/target/classpath", "");
    write("infra-cdk/node_modules/.bin/cdk", "");
    write("aws-handlers/target/beckon-aws.jar", "");
    program("node", "#!/bin/sh\n");
    program("npx", NPX);
    environment.put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
    environment.put("CALLS", folder.resolve("calls").toString());
    environment.put("OUTPUTS", folder.resolve("outputs").toString());
    environment.put("AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY);
    environment.put("AWS_SECRET_ACCESS_KEY", S3Server.SECRET_KEY);
    environment.put("AWS_REGION", "eu-central-1");
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    environment.put("AWS_CONFIG_FILE", folder.resolve("none").toString());
    environment.put("AWS_SHARED_CREDENTIALS_FILE", folder.resolve("none").toString());
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private void program(String name, String text) throws IOException {
    assertThat(write("bin/" + name, text).toFile().setExecutable(true)).isTrue();
  }

  private void outputs(String stack, Map<String, String> variables) throws IOException {
    ObjectNode root = JsonMapper.builder().build().createObjectNode();
    root.putObject(stack)
        .put(
            "OperatorEnvironment",
            variables.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .collect(Collectors.joining("\n")))
        .put("Bucket", "the-bucket");
    write("outputs", root.toString());
  }

  private String calls() throws IOException {
    Path calls = folder.resolve("calls");
    return Files.exists(calls) ? Files.readString(calls) : "";
  }

  private Seen beckon(String typed, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dbeckon.home=" + folder,
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.beckon.local.cli.Main"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(write("typed", typed).toFile())
            .redirectOutput(folder.resolve("seen").toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Seen(
        process.exitValue(), Files.readString(folder.resolve("seen"), StandardCharsets.UTF_8));
  }

  @Test
  void deploy_tellsTheCdk_writesVariables_createsIndexes_andLooksItOver() throws Exception {
    Map<String, String> variables = new HashMap<>(cloud.workerEnvironment());
    variables.put("BECKON_DATABASE", "deployed");
    variables.remove("AWS_REGION");
    outputs("acme-qa", variables);

    Seen seen =
        beckon(
            "",
            "deploy",
            "aws",
            "--profile=qa",
            "--prefix=acme",
            "-c",
            "publicUrl=https://x.example");

    assertThat(calls())
        .isEqualTo(
            "--no-install cdk deploy acme-qa --context prefix=acme --context profile=qa"
                + " --context publicUrl=https://x.example --no-notices --outputs-file "
                + folder.resolve(".beckon/acme-qa.outputs.json").toRealPath()
                + " --require-approval broadening\n");
    assertThat(seen.text())
        .contains("Bucket                   the-bucket")
        .contains("the store has every index", "✔ store ", "all 14 indexes are there")
        .contains("Next: ./beckon configure account.json --env .beckon/acme-qa.env");
    assertThat(seen.code()).isZero();
    assertThat(Files.readString(folder.resolve(".beckon/acme-qa.env")))
        .contains("BECKON_DATABASE=deployed\n", "AWS_REGION=eu-central-1\n");
  }

  @Test
  void deploy_firstTime_secretsNotFilled_isDone_andSaysWhatIsToBeFilled() throws Exception {
    Map<String, String> variables = new HashMap<>(cloud.workerEnvironment());
    variables.put("BECKON_MONGO_URI", "secret://mongo-uri");
    Path secrets = write("secrets.json", "{\"mongo-uri\": \"fill-me\"}");
    variables.put("BECKON_SECRETS", "file:" + secrets);
    outputs("beckon-dev", variables);

    Seen seen = beckon("", "deploy", "aws", "--yes");

    assertThat(calls()).contains(" --require-approval never\n");
    assertThat(seen.text())
        .contains("the store's indexes are not created yet")
        .contains("✘ secrets", "secret://mongo-uri is not filled")
        .contains("Next: mend what is marked with ✘");
    assertThat(seen.code()).isZero();
  }

  @Test
  void deploy_cdkFails_endsWithCode1_andWritesNoVariables() throws Exception {
    environment.put("CODE", "1");
    Seen seen = beckon("", "deploy", "aws");

    assertThat(seen.text()).contains("beckon: the deployment did not come to its end");
    assertThat(seen.code()).isEqualTo(1);
    assertThat(folder.resolve(".beckon/beckon-dev.env")).doesNotExist();
  }

  @Test
  void deploy_withoutCredentialsRegionOrNode_saysWhich_andCallsNothing() throws Exception {
    environment.remove("AWS_ACCESS_KEY_ID");
    assertThat(beckon("", "deploy", "aws").text()).contains("no AWS credentials were found");
    environment.put("AWS_ACCESS_KEY_ID", "x");
    environment.remove("AWS_REGION");
    assertThat(beckon("", "deploy", "aws").text()).contains("no AWS region is set");
    environment.put("AWS_DEFAULT_REGION", "eu-west-1");
    environment.put("PATH", folder.toString());
    assertThat(beckon("", "deploy", "aws"))
        .isEqualTo(
            new Seen(
                1,
                "beckon: node is not on the path: install Node.js 20 or later (https://nodejs.org)\n"));
    assertThat(calls()).isEmpty();
  }

  @Test
  void destroy_anotherNameTyped_changesNothing() throws Exception {
    Seen seen = beckon("beckon-dev\n", "destroy", "aws", "--profile=prod");

    assertThat(seen.text())
        .contains("Removing beckon-prod", "What stays, and goes on costing: the bucket")
        .contains("Nothing was changed.");
    assertThat(seen.code()).isEqualTo(1);
    assertThat(calls()).isEmpty();
  }

  @Test
  void destroy_nameTyped_removesStackAndVariables() throws Exception {
    Path variables = write(".beckon/beckon-dev.env", "A=b\n");
    Seen seen = beckon("beckon-dev\n", "destroy", "aws");

    assertThat(calls())
        .isEqualTo(
            "--no-install cdk destroy beckon-dev --context prefix=beckon --context profile=dev"
                + " --no-notices --force\n");
    assertThat(seen.text()).contains("stack beckon-dev is removed from eu-central-1");
    assertThat(seen.code()).isZero();
    assertThat(variables).doesNotExist();
  }

  @Test
  void synth_needsNoCredentials_andNamesTheTemplate() throws Exception {
    environment.keySet().removeIf(name -> name.startsWith("AWS_"));
    Seen seen = beckon("", "synth", "aws", "--profile=prod");

    assertThat(calls()).startsWith("--no-install cdk synth beckon-prod ").contains(" --output ");
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
