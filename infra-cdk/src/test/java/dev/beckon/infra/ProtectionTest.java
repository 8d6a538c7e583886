package dev.beckon.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What is encrypted, what is refused without TLS, and what outlives the stack. */
class ProtectionTest {
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "ALL_OPTIONS")
  void bucket_any_isEncryptedAndShutToThePublic(Templates stack) {
    assertThat(stack.properties("AWS::S3::Bucket"))
        .hasSize(2)
        .allSatisfy((id, bucket) -> {
          assertThat(bucket.path("BucketEncryption").toString()).containsAnyOf("aws:kms", "AES256");
          assertThat(bucket.path("PublicAccessBlockConfiguration").toString())
              .isEqualTo(
                  "{\"BlockPublicAcls\":true,\"BlockPublicPolicy\":true,"
                      + "\"IgnorePublicAcls\":true,\"RestrictPublicBuckets\":true}");
        });
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "ALL_OPTIONS")
  void bucket_ofFiles_keepsVersionsTellsOfFilesAndTidiesUp(Templates stack) {
    JsonNode bucket = fileDrop(stack);

    assertThat(bucket.path("VersioningConfiguration").path("Status").textValue())
        .isEqualTo("Enabled");
    assertThat(
            bucket
                .path("NotificationConfiguration")
                .path("EventBridgeConfiguration")
                .path("EventBridgeEnabled")
                .booleanValue())
        .isTrue();
    List<JsonNode> rules = Cfn.many(bucket.path("LifecycleConfiguration").path("Rules"));
    assertThat(rules)
        .anySatisfy(rule -> {
          assertThat(rule.path("Prefix").textValue()).isEqualTo(".beckon/");
          assertThat(rule.path("ExpirationInDays").asInt()).isEqualTo(7);
        })
        .anySatisfy(rule -> {
          assertThat(rule.has("Prefix")).isFalse();
          assertThat(rule.path("ExpirationInDays").asInt()).isPositive();
          assertThat(rule.path("NoncurrentVersionExpiration").path("NoncurrentDays").asInt())
              .isPositive();
          assertThat(
                  rule.path("AbortIncompleteMultipartUpload").path("DaysAfterInitiation").asInt())
              .isEqualTo(7);
        });
    assertThat(bucket.has("LoggingConfiguration")).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void store_withAPolicyOfItsOwn_refusesCallsWithoutTls(Templates stack) {
    Set<String> refusing = new TreeSet<>();
    for (String type :
        List.of("AWS::SQS::QueuePolicy", "AWS::S3::BucketPolicy", "AWS::SNS::TopicPolicy")) {
      stack
          .properties(type)
          .values()
          .forEach(policy -> {
            for (JsonNode statement : Cfn.many(policy.path("PolicyDocument").path("Statement"))) {
              if (statement.path("Effect").textValue().equals("Deny")
                  && statement
                      .path("Condition")
                      .toString()
                      .equals("{\"Bool\":{\"aws:SecureTransport\":\"false\"}}")) {
                refusing.addAll(Cfn.targets(statement.path("Resource")));
              }
            }
          });
    }
    Set<String> stores = new TreeSet<>();
    for (String type : List.of("AWS::SQS::Queue", "AWS::S3::Bucket", "AWS::SNS::Topic")) {
      stores.addAll(stack.resources(type).keySet());
    }

    assertThat(refusing).isEqualTo(stores);
  }

  @ParameterizedTest
  @EnumSource
  void secretOrTopic_any_isEncryptedByTheInstallationsKey(Templates stack) {
    String key = stack.resources("AWS::KMS::Key").keySet().iterator().next();

    assertThat(stack.properties("AWS::SecretsManager::Secret"))
        .isNotEmpty()
        .allSatisfy((id, secret) -> assertThat(Cfn.target(secret.path("KmsKeyId"))).isEqualTo(key));
    assertThat(stack.properties("AWS::SNS::Topic"))
        .hasSize(1)
        .allSatisfy(
            (id, topic) -> assertThat(Cfn.targets(topic.path("KmsMasterKeyId"))).contains(key));
    assertThat(stack.properties("AWS::KMS::Key").get(key).path("EnableKeyRotation").booleanValue())
        .isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void template_any_holdsNoSecretsValue(Templates stack) {
    assertThat(stack.properties("AWS::SecretsManager::Secret"))
        .allSatisfy((id, secret) -> assertThat(secret.has("SecretString")).isFalse());
  }

  @ParameterizedTest
  @EnumSource(names = {"PROD", "ALL_OPTIONS"})
  void data_inProduction_outlivesTheStack(Templates stack) {
    for (String type :
        List.of(
            "AWS::S3::Bucket",
            "AWS::KMS::Key",
            "AWS::SecretsManager::Secret",
            "AWS::Logs::LogGroup")) {
      assertThat(stack.resources(type))
          .allSatisfy((id, resource) -> {
            assertThat(resource.path("DeletionPolicy").textValue()).isEqualTo("Retain");
            assertThat(resource.path("UpdateReplacePolicy").textValue()).isEqualTo("Retain");
          });
    }
    assertThat(stack.text("manifest.json")).contains("\"terminationProtection\": true");
  }

  @Test
  void data_inDevelopment_goesWithTheStack() {
    assertThat(Templates.DEV.template().path("Resources").properties())
        .extracting(Map.Entry::getValue)
        .noneMatch(resource -> resource.path("DeletionPolicy").asText().equals("Retain"));
  }

  @Test
  void accessLog_ofTheDoor_holdsNoPath() {
    assertThat(
            Templates.PROD
                .properties("AWS::ApiGatewayV2::Stage")
                .values()
                .iterator()
                .next()
                .path("AccessLogSettings")
                .path("Format")
                .textValue())
        .contains("$context.requestId", "$context.status")
        .doesNotContainIgnoringCase("path", "query", "routeKey", "sourceIp");
  }

  @ParameterizedTest
  @EnumSource
  void door_leadsEverythingToTheFunction_preflightsOfBrowsersIncluded(Templates stack) {
    assertThat(stack.properties("AWS::ApiGatewayV2::Route").values())
        .singleElement()
        .satisfies(route -> assertThat(route.path("RouteKey").textValue()).isEqualTo("$default"));
    assertThat(stack.properties("AWS::ApiGatewayV2::Api").values())
        .singleElement()
        .satisfies(api -> assertThat(api.has("CorsConfiguration")).isFalse());
  }

  private static JsonNode fileDrop(Templates stack) {
    return stack.properties("AWS::S3::Bucket").values().stream()
        .filter(bucket -> bucket.has("VersioningConfiguration"))
        .findFirst()
        .orElseThrow();
  }
}
