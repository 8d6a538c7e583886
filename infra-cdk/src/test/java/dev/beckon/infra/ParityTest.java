package dev.beckon.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.app.EntryPoint;
import dev.beckon.aws.AwsFunctions;
import dev.beckon.config.ConfigKey;
import dev.beckon.config.RuntimeConfig;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The stack has what the code has: every entry point, every variable. */
class ParityTest {
  @ParameterizedTest
  @EnumSource
  void entryPoint_any_hasAFunctionWithItsHandlerAndARole(Templates stack) {
    Map<String, JsonNode> byName = new TreeMap<>();
    stack
        .properties("AWS::Lambda::Function")
        .values()
        .forEach(function -> byName.put(function.path("FunctionName").textValue(), function));

    for (EntryPoint entryPoint : EntryPoint.values()) {
      String name = stack.stack() + "-" + FunctionShape.of(entryPoint).label();
      assertThat(byName).containsKey(name);
      JsonNode function = byName.remove(name);
      assertThat(function.path("Handler").textValue())
          .isEqualTo(AwsFunctions.handler(entryPoint).getName() + "::handleRequest");
      assertThat(function.path("Runtime").textValue()).isEqualTo("java25");
      assertThat(Cfn.texts(function.path("Architectures"))).containsExactly("arm64");
      assertThat(function.path("SnapStart").path("ApplyOn").textValue())
          .isEqualTo("PublishedVersions");
      assertThat(function.path("TracingConfig").path("Mode").textValue()).isEqualTo("Active");
      assertThat(stack.resources("AWS::IAM::Role")).containsKey(Cfn.target(function.path("Role")));
      assertThat(stack.resources("AWS::Logs::LogGroup"))
          .containsKey(Cfn.target(function.path("LoggingConfig").path("LogGroup")));
    }
    assertThat(byName).as("functions of no entry point").isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void function_any_isSetEveryVariableOfADeploymentAndNoOther(Templates stack) {
    Set<String> wanted =
        Arrays.stream(ConfigKey.values())
            .filter(key -> key.setter() == ConfigKey.Setter.DEPLOYMENT)
            .map(ConfigKey::variable)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(stack.properties("AWS::Lambda::Function"))
        .hasSize(EntryPoint.values().length)
        .allSatisfy((id, function) ->
            assertThat(names(function.path("Environment").path("Variables"))).isEqualTo(wanted));
  }

  @ParameterizedTest
  @EnumSource
  void operatorEnvironment_asWritten_hasALineForEachVariable(Templates stack) {
    String function =
        stack.properties("AWS::Lambda::Function").values().iterator().next().toString();

    assertThat(operatorEnvironment(stack).lines())
        .allSatisfy(line -> assertThat(line).matches("BECKON_\\w+=.*"))
        .allSatisfy(line ->
            assertThat(function).contains("\"" + line.substring(0, line.indexOf('=')) + "\":"))
        .hasSize(
            (int)
                Arrays.stream(ConfigKey.values())
                    .filter(key -> key.setter() == ConfigKey.Setter.DEPLOYMENT)
                    .count())
        .contains("BECKON_METRICS=none", "BECKON_OTLP_ENDPOINT=")
        .contains("BECKON_INSTALLATION=" + stack.stack())
        .contains("BECKON_SECRETS=aws:" + stack.stack() + "/");
  }

  @ParameterizedTest
  @EnumSource
  void operatorEnvironment_asWritten_isReadByTheCode(Templates stack) {
    Map<String, String> read = new TreeMap<>();
    operatorEnvironment(stack)
        .lines()
        .forEach(line -> {
          int equals = line.indexOf('=');
          read.put(line.substring(0, equals), line.substring(equals + 1));
        });

    RuntimeConfig config = RuntimeConfig.of(read);

    assertThat(config.text(ConfigKey.MASTER_KEY)).startsWith("kms1=kms:arn:");
    assertThat(config.text(ConfigKey.METRICS)).isEqualTo("none");
  }

  /** With a value for what CloudFormation fills in. */
  private static String operatorEnvironment(Templates stack) {
    StringBuilder text = new StringBuilder();
    JsonNode value = stack.template().path("Outputs").path("OperatorEnvironment").path("Value");
    value
        .path("Fn::Join")
        .path(1)
        .forEach(part -> text.append(part.isTextual() ? part.textValue() : filledIn(part)));
    return text.toString();
  }

  private static String filledIn(JsonNode part) {
    return part.toString().contains("Keys")
        ? "arn:aws:kms:eu-central-1:111122223333:key/0000-1111"
        : "https://filled-in.example";
  }

  private static Set<String> names(JsonNode object) {
    return object.properties().stream()
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void callersOfTheApi_given_areToldToEveryFunction() {
    assertThat(Templates.ALL_OPTIONS.properties("AWS::Lambda::Function"))
        .allSatisfy((id, function) ->
            assertThat(function.path("Environment").path("Variables").toString())
                .contains(
                    "\"BECKON_CORS_ORIGINS\":\"https://console.acme.example,http://localhost:5173\"",
                    "\"BECKON_OIDC_ISSUER\":\"https://login.acme.example/tenant/v2.0\"",
                    "\"BECKON_OIDC_AUDIENCE\":\"api://beckon\""));
    assertThat(Templates.PROD.properties("AWS::Lambda::Function"))
        .allSatisfy((id, function) ->
            assertThat(function.path("Environment").path("Variables").toString())
                .contains(
                    "\"BECKON_CORS_ORIGINS\":\"\"",
                    "\"BECKON_OIDC_ISSUER\":\"\"",
                    "\"BECKON_OIDC_AUDIENCE\":\"beckon\""));
  }

  @Test
  void collectorLayer_given_isWhereTracesGo() {
    assertThat(Templates.ALL_OPTIONS.properties("AWS::Lambda::Function"))
        .allSatisfy((id, function) -> {
          assertThat(Cfn.texts(function.path("Layers"))).hasSize(1);
          assertThat(
                  function
                      .path("Environment")
                      .path("Variables")
                      .path("BECKON_OTLP_ENDPOINT")
                      .textValue())
              .isEqualTo("http://localhost:4318");
        });
    assertThat(Templates.PROD.properties("AWS::Lambda::Function"))
        .allSatisfy((id, function) -> assertThat(function.has("Layers")).isFalse());
  }
}
