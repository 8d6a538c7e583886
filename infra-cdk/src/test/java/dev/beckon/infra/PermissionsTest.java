package dev.beckon.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may do what. */
class PermissionsTest {
  /** What AWS knows no resources for. */
  private static final Set<String> UNSCOPABLE =
      Set.of(
          "xray:PutTraceSegments",
          "xray:PutTelemetryRecords",
          "ec2:CreateNetworkInterface",
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeSubnets",
          "ec2:DeleteNetworkInterface",
          "ec2:AssignPrivateIpAddresses",
          "ec2:UnassignPrivateIpAddresses");

  @ParameterizedTest
  @EnumSource
  void permission_any_hasNoWildcardBeyondWhatAwsForbidsToScope(Templates stack) {
    List<JsonNode> statements = statements(stack);

    assertThat(statements)
        .hasSizeGreaterThan(50)
        .allSatisfy(statement -> {
          assertThat(Cfn.texts(statement.path("Action"))).noneMatch(action -> action.contains("*"));
          assertThat(statement.path("Effect").textValue()).isEqualTo("Allow");
          if (Cfn.texts(statement.path("Resource")).contains("*")) {
            assertThat(UNSCOPABLE).containsAll(Cfn.texts(statement.path("Action")));
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void role_any_isOneFunctionsAndHoldsNoPolicyOfAws(Templates stack) {
    Map<String, JsonNode> roles = stack.properties("AWS::IAM::Role");

    assertThat(
            stack.properties("AWS::Lambda::Function").values().stream()
                .map(function -> Cfn.target(function.path("Role"))))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(roles.keySet());
    assertThat(roles.values())
        .allSatisfy(role -> assertThat(role.has("ManagedPolicyArns")).isFalse());
    assertThat(stack.text(stack.stack() + ".template.json")).doesNotContain("FullAccess");
    assertThat(stack.resources("AWS::IAM::User")).isEmpty();
    assertThat(stack.resources("AWS::IAM::AccessKey")).isEmpty();
  }

  @Test
  void permissionsBoundary_given_boundsEveryRole() {
    assertThat(Templates.ALL_OPTIONS.properties("AWS::IAM::Role"))
        .hasSize(7)
        .allSatisfy((id, role) ->
            assertThat(role.path("PermissionsBoundary").textValue())
                .isEqualTo("arn:aws:iam::111122223333:policy/boundary"));
    assertThat(Templates.PROD.properties("AWS::IAM::Role"))
        .allSatisfy((id, role) -> assertThat(role.has("PermissionsBoundary")).isFalse());
  }

  @Test
  void dispatch_asAllWhoSend_neverReachesTheBucketAndMakesNoDayKey() {
    assertThat(actions(Templates.PROD, "FunctionsDispatch"))
        .contains("sqs:SendMessage", "kms:Decrypt", "secretsmanager:GetSecretValue")
        .noneMatch(action -> action.startsWith("s3:"))
        .doesNotContain("kms:Encrypt", "kms:GenerateDataKey");
  }

  @Test
  void http_asTheOnlyOneFacingTheWorld_hintsAndHandlesFilesOfFeedsAlone() {
    assertThat(actions(Templates.PROD, "FunctionsHttp"))
        .containsExactlyInAnyOrder(
            "secretsmanager:GetSecretValue",
            "kms:Encrypt",
            "kms:Decrypt",
            "kms:GenerateDataKey",
            "sqs:SendMessage",
            "s3:ListBucket",
            "s3:GetObject",
            "s3:GetObjectTagging",
            "s3:PutObject",
            "s3:PutObjectTagging",
            "s3:AbortMultipartUpload",
            "s3:DeleteObject",
            "logs:CreateLogStream",
            "logs:PutLogEvents",
            "xray:PutTraceSegments",
            "xray:PutTelemetryRecords");
    assertThat(resources("FunctionsHttp", "sqs:SendMessage"))
        .contains("Files", "Priority", "Bulk")
        .doesNotContain("Chunk");
    assertThat(folders("FunctionsHttp", "s3:PutObject"))
        .containsExactlyInAnyOrder("incoming", "processed", "cancelled");
    assertThat(folders("FunctionsHttp", "s3:DeleteObject")).containsExactly("incoming");
    assertThat(folders("FunctionsHttp", "s3:GetObject"))
        .containsExactlyInAnyOrder(
            "incoming", "check", "processed", "checked", "rejected", "cancelled", ".beckon");
  }

  @Test
  void fileDropper_whoDelivers_readsNothing() {
    JsonNode policy =
        Templates.PROD.properties("AWS::IAM::ManagedPolicy").values().stream()
            .filter(any -> any.path("ManagedPolicyName").textValue().endsWith("-file-dropper"))
            .findFirst()
            .orElseThrow();

    assertThat(
            Cfn.many(policy.path("PolicyDocument").path("Statement")).stream()
                .flatMap(statement -> Cfn.texts(statement.path("Action")).stream()))
        .containsExactlyInAnyOrder(
            "s3:PutObject", "s3:AbortMultipartUpload", "kms:Decrypt", "kms:GenerateDataKey");
    assertThat(policy.toString()).contains("/*/incoming/*").contains("/*/check/*");
  }

  @ParameterizedTest
  @EnumSource
  void policy_ofPeople_fitsInWhatIamTakes(Templates stack) {
    assertThat(stack.properties("AWS::IAM::ManagedPolicy"))
        .hasSize(2)
        .allSatisfy((id, policy) ->
            // a filled-in ARN is about as long as what CloudFormation makes it from
            assertThat(policy.path("PolicyDocument").toString().length()).isLessThan(6144));
  }

  @Test
  void bucketKey_ofTheInstallation_isUsedOnlyThroughS3() {
    assertThat(statements(Templates.PROD))
        .filteredOn(
            statement -> Cfn.texts(statement.path("Action")).contains("kms:GenerateDataKey"))
        .isNotEmpty()
        .allSatisfy(statement ->
            assertThat(statement.path("Condition").toString()).contains("kms:ViaService", "s3."));
  }

  private static Set<String> actions(Templates stack, String ids) {
    return stack.properties("AWS::IAM::Policy").entrySet().stream()
        .filter(policy -> policy.getKey().startsWith(ids))
        .flatMap(
            policy -> Cfn.many(policy.getValue().path("PolicyDocument").path("Statement")).stream())
        .flatMap(statement -> Cfn.texts(statement.path("Action")).stream())
        .collect(Collectors.toSet());
  }

  /** What an action is granted on, as it stands in the template. */
  private static String resources(String ids, String action) {
    return Templates.PROD.properties("AWS::IAM::Policy").entrySet().stream()
        .filter(policy -> policy.getKey().startsWith(ids))
        .flatMap(
            policy -> Cfn.many(policy.getValue().path("PolicyDocument").path("Statement")).stream())
        .filter(statement -> Cfn.texts(statement.path("Action")).contains(action))
        .map(statement -> statement.path("Resource").toString())
        .collect(Collectors.joining());
  }

  private static Set<String> folders(String ids, String action) {
    return Pattern.compile("\"/(?:\\*/)?([.\\w]+)/\\*\"")
        .matcher(resources(ids, action))
        .results()
        .map(folder -> folder.group(1))
        .collect(Collectors.toSet());
  }

  private static List<JsonNode> statements(Templates stack) {
    List<JsonNode> all = new ArrayList<>();
    for (String type : List.of("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy")) {
      stack
          .properties(type)
          .values()
          .forEach(policy -> all.addAll(Cfn.many(policy.path("PolicyDocument").path("Statement"))));
    }
    return all;
  }
}
