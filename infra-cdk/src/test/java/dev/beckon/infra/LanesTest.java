package dev.beckon.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Queues, their dead letters, and the functions on them. */
class LanesTest {
  private static final String QUEUE = "AWS::SQS::Queue";
  private static final String MAPPING = "AWS::Lambda::EventSourceMapping";

  @ParameterizedTest
  @EnumSource
  void mapping_ofAnyQueue_reportsFailuresOneByOneAndIsBounded(Templates stack) {
    Map<String, JsonNode> mappings = stack.properties(MAPPING);

    assertThat(mappings).hasSize(8);
    assertThat(mappings)
        .allSatisfy((id, mapping) -> {
          assertThat(Cfn.texts(mapping.path("FunctionResponseTypes")))
              .containsExactly("ReportBatchItemFailures");
          assertThat(mapping.path("ScalingConfig").path("MaximumConcurrency").asInt())
              .isBetween(2, 1000);
        });
  }

  @ParameterizedTest
  @EnumSource
  void mapping_ofAnyQueue_callsTheAliasOfAPublishedVersion(Templates stack) {
    Set<String> aliases = stack.resources("AWS::Lambda::Alias").keySet();
    Set<String> versions = stack.resources("AWS::Lambda::Version").keySet();

    assertThat(stack.properties(MAPPING))
        .allSatisfy((id, mapping) -> {
          assertThat(aliases).containsAll(Cfn.targets(mapping.path("FunctionName")));
          assertThat(mapping.path("FunctionName").toString()).contains(":live");
        });
    assertThat(stack.properties("AWS::Lambda::Alias"))
        .hasSize(7)
        .allSatisfy((id, alias) -> {
          assertThat(alias.path("Name").textValue()).isEqualTo("live");
          assertThat(versions).containsAll(Cfn.targets(alias.path("FunctionVersion")));
        });
  }

  @ParameterizedTest
  @EnumSource
  void queue_any_outlivesSixTimeoutsOfItsFunction(Templates stack) {
    Map<String, JsonNode> queues = stack.properties(QUEUE);
    Map<String, JsonNode> functions = stack.properties("AWS::Lambda::Function");
    Map<String, JsonNode> aliases = stack.properties("AWS::Lambda::Alias");
    Set<String> fed = new HashSet<>();

    stack
        .properties(MAPPING)
        .forEach((id, mapping) -> {
          String queue = Cfn.target(mapping.path("EventSourceArn"));
          String alias = Cfn.targets(mapping.path("FunctionName")).iterator().next();
          String function = Cfn.target(aliases.get(alias).path("FunctionName"));
          fed.add(queue);
          assertThat(queues.get(queue).path("VisibilityTimeout").asInt())
              .as(queue + " of " + function)
              .isGreaterThanOrEqualTo(6 * functions.get(function).path("Timeout").asInt());
        });
    assertThat(fed).isEqualTo(queues.keySet());
  }

  @ParameterizedTest
  @EnumSource
  void queue_any_keepsMessagesForTwoWeeksSealed(Templates stack) {
    assertThat(stack.properties(QUEUE))
        .hasSize(8)
        .allSatisfy((id, queue) -> {
          assertThat(queue.path("MessageRetentionPeriod").asInt()).isEqualTo(14 * 24 * 3600);
          assertThat(queue.path("SqsManagedSseEnabled").booleanValue()).isTrue();
        });
  }

  @ParameterizedTest
  @EnumSource
  void queue_thatIsNoneOfDeadLetters_hasOneOfItsOwnAfterTenReceives(Templates stack) {
    Map<String, JsonNode> lanes =
        stack.properties(QUEUE).entrySet().stream()
            .filter(queue -> queue.getValue().has("RedrivePolicy"))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

    assertThat(lanes).hasSize(4);
    assertThat(lanes.values())
        .allSatisfy(queue ->
            assertThat(queue.path("RedrivePolicy").path("maxReceiveCount").asInt()).isEqualTo(10));
    assertThat(
            lanes.values().stream()
                .map(queue -> Cfn.target(queue.path("RedrivePolicy").path("deadLetterTargetArn"))))
        .doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(lanes.keySet());
  }

  @ParameterizedTest
  @EnumSource
  void function_onAQueue_mayLeadBackToItself(Templates stack) {
    Map<String, JsonNode> aliases = stack.properties("AWS::Lambda::Alias");
    Set<String> onQueues =
        stack.properties(MAPPING).values().stream()
            .map(mapping -> Cfn.targets(mapping.path("FunctionName")).iterator().next())
            .map(alias -> Cfn.target(aliases.get(alias).path("FunctionName")))
            .collect(Collectors.toSet());

    assertThat(stack.properties("AWS::Lambda::Function"))
        .allSatisfy((id, function) ->
            assertThat(function.path("RecursiveLoop").textValue())
                .isEqualTo(onQueues.contains(id) ? "Allow" : "Terminate"));
  }

  @ParameterizedTest
  @EnumSource
  void fileEvent_inIncomingOrCheck_goesToTheFilesQueueOrItsDeadLetters(Templates stack) {
    JsonNode rule =
        stack.properties("AWS::Events::Rule").values().stream()
            .filter(any -> any.has("EventPattern"))
            .findFirst()
            .orElseThrow();

    assertThat(rule.path("EventPattern").path("detail").path("object").path("key").toString())
        .isEqualTo("[{\"wildcard\":\"*/incoming/*\"},{\"wildcard\":\"*/check/*\"}]");
    JsonNode target = rule.path("Targets").path(0);
    String queue = Cfn.target(target.path("Arn"));
    assertThat(Cfn.target(target.path("DeadLetterConfig").path("Arn")))
        .isEqualTo(
            Cfn.target(
                stack
                    .properties(QUEUE)
                    .get(queue)
                    .path("RedrivePolicy")
                    .path("deadLetterTargetArn")));
  }
}
