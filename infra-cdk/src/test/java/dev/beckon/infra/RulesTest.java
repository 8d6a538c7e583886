package dev.beckon.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
}
