package dev.beckon.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.telemetry.Metric;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What wakes somebody. */
class AlarmsTest {
  private static final String ALARM = "AWS::CloudWatch::Alarm";

  @ParameterizedTest
  @EnumSource
  void alarm_any_tellsTheTopicAndSaysWhatItMeans(Templates stack) {
    Set<String> topic = stack.resources("AWS::SNS::Topic").keySet();

    assertThat(stack.properties(ALARM))
        .isNotEmpty()
        .allSatisfy((id, alarm) -> {
          assertThat(Cfn.targets(alarm.path("AlarmActions"))).isEqualTo(topic);
          assertThat(alarm.path("AlarmDescription").textValue()).isNotBlank();
          assertThat(alarm.path("AlarmName").textValue()).startsWith(stack.stack() + "-");
        });
    assertThat(stack.properties("AWS::SNS::TopicPolicy").values().toString())
        .contains("cloudwatch.amazonaws.com", "sns:Publish");
    assertThat(stack.properties("AWS::KMS::Key").values().toString())
        .contains("cloudwatch.amazonaws.com", "kms:GenerateDataKey");
  }

  @ParameterizedTest
  @EnumSource
  void alarm_ofQueues_watchesAgeOfEachAndDeadLettersOfEach(Templates stack) {
    Map<String, JsonNode> queues = stack.properties("AWS::SQS::Queue");
    Set<String> lanes =
        queues.entrySet().stream()
            .filter(queue -> queue.getValue().has("RedrivePolicy"))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    Set<String> dead = new TreeSet<>(queues.keySet());
    dead.removeAll(lanes);

    assertThat(watched(stack, "ApproximateAgeOfOldestMessage")).isEqualTo(lanes);
    assertThat(watched(stack, "ApproximateNumberOfMessagesVisible")).isEqualTo(dead);
  }

  @ParameterizedTest
  @EnumSource
  void alarm_ofFunctions_watchesErrorsAndThrottlesOfEach(Templates stack) {
    Set<String> functions = stack.resources("AWS::Lambda::Function").keySet();

    assertThat(watched(stack, "Errors")).isEqualTo(functions);
    assertThat(watched(stack, "Throttles")).isEqualTo(functions);
    assertThat(stack.properties(ALARM).values())
        .filteredOn(alarm -> alarm.path("Namespace").asText().equals("AWS/Lambda"))
        .allSatisfy(alarm -> assertThat(alarm.path("Dimensions").toString()).contains(":live"));
  }

  @ParameterizedTest
  @EnumSource
  void alarm_ofTheWork_watchesTheFiguresOfThisInstallation(Templates stack) {
    Map<String, JsonNode> own =
        stack.properties(ALARM).values().stream()
            .filter(alarm -> alarm.path("Namespace").asText().equals("Beckon"))
            .collect(
                Collectors.toMap(alarm -> alarm.path("MetricName").textValue(), alarm -> alarm));

    assertThat(own)
        .containsOnlyKeys(
            Metric.OLDEST_PARCEL_AGE.label(),
            Metric.IMPORT_STUCK.label(),
            Metric.IN_DOUBT.label(),
            Metric.DEAD.label(),
            Metric.API_5XX.label());
    assertThat(own.values())
        .allSatisfy(alarm ->
            assertThat(alarm.path("Dimensions").toString())
                .isEqualTo("[{\"Name\":\"installation\",\"Value\":\"" + stack.stack() + "\"}]"));
  }

  @Test
  void subscription_ofAlarms_isMadeForTheAddressGiven() {
    assertThat(Templates.DEV.properties("AWS::SNS::Subscription").values().toString())
        .contains("duty@example.org");
    assertThat(Templates.PROD.properties("AWS::SNS::Subscription")).isEmpty();
  }

  private static Set<String> watched(Templates stack, String metric) {
    return stack.properties(ALARM).values().stream()
        .filter(alarm -> alarm.path("MetricName").asText().equals(metric))
        .flatMap(alarm -> Cfn.targets(alarm.path("Dimensions")).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
