package dev.beckon.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.CfnVPCEndpoint;

/** What the AwsSolutions rules and CDK's own validator say. */
class RulesTest {
  @ParameterizedTest
  @EnumSource
  void awsSolutions_everyRule_isKeptOrAcceptedWithAReason(Templates stack) {
    String report = stack.text("AwsSolutions-" + stack.stack() + "-NagReport.csv");

    assertThat(report.lines().skip(1))
        .hasSizeGreaterThan(80)
        .allSatisfy(line -> {
          assertThat(line).containsAnyOf("\",\"Compliant\",\"N/A\"", "\",\"Suppressed\",\"");
          assertThat(line).doesNotContain("\"Suppressed\",\"\"");
        });
    assertThat(report).contains("AwsSolutions-IAM5", "AwsSolutions-SQS4", "AwsSolutions-L1");
  }

  @ParameterizedTest
  @EnumSource
  void synthesis_any_warnsOfNothing(Templates stack) {
    assertThat(stack.text(stack.stack() + ".metadata.json"))
        .doesNotContain("\"aws:cdk:error\"", "\"aws:cdk:warning\"");
  }

  @ParameterizedTest
  @EnumSource
  void validator_builtIn_findsNoViolation(Templates stack) {
    JsonNode reports = stack.json("validation-report.json").path("pluginReports");

    assertThat(Cfn.many(reports))
        .allSatisfy(report -> assertThat(report.path("violations")).isEmpty());
  }

  @ParameterizedTest
  @EnumSource
  void resources_any_dependOnEachOtherInNoCircle(Templates stack) {
    Map<String, Set<String>> open = new TreeMap<>();
    JsonNode resources = stack.template().path("Resources");
    resources
        .properties()
        .forEach(resource -> {
          Set<String> needed = Cfn.targets(resource.getValue());
          needed.addAll(Cfn.texts(resource.getValue().path("DependsOn")));
          needed.retainAll(names(resources));
          open.put(resource.getKey(), needed);
        });

    // what needs nothing that is still open could be made now
    while (open.entrySet().removeIf(one -> Collections.disjoint(one.getValue(), open.keySet()))) {}

    assertThat(open).isEmpty();
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void validator_badValue_isSeen(@TempDir Path out) throws IOException {
    App app = new App(AppProps.builder().outdir(out.toString()).build());
    CfnVPCEndpoint.Builder.create(new Stack(app, "Bad"), "Endpoint")
        .vpcId("vpc-0a1b2c3d")
        .serviceName("com.amazonaws.vpce.eu-central-1.vpce-svc-0a")
        .securityGroupIds(List.of("nonsense"))
        .build();
    app.synth();

    assertThat(Files.readString(out.resolve("validation-report.json"))).contains("'nonsense'");
  }
}
