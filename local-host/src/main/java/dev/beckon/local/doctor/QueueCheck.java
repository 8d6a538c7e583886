package dev.beckon.local.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.check.Finding;
import dev.beckon.config.ConfigKey;
import dev.beckon.config.RuntimeConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** Whether a queue exists, keeps, hides and gives up messages as the design says. */
final class QueueCheck {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int RECEIVES = 10;
  private static final Duration RETENTION = Duration.ofDays(14);

  /** Six times the functions' time-out of two minutes. */
  private static final Duration VISIBILITY = Duration.ofMinutes(12);

  private final SqsClient sqs;
  private final String variable;
  private final String url;
  private final boolean standIn;

  /**
   * @param key of the queue's URL
   */
  QueueCheck(SqsClient sqs, RuntimeConfig config, ConfigKey key) {
    this.sqs = sqs;
    this.variable = key.variable();
    this.url = config.text(key);
    this.standIn = config.endpoint(ConfigKey.SQS_ENDPOINT).isPresent();
  }

  List<Finding> run() {
    String name = url.substring(url.lastIndexOf('/') + 1);
    Map<QueueAttributeName, String> attributes;
    try {
      attributes = attributes(url);
    } catch (QueueDoesNotExistException e) {
      return List.of(
          Finding.wrong(
              "there is no queue " + name,
              "correct " + variable + ", or deploy again: ./beckon deploy aws"));
    }
    List<Finding> findings = new ArrayList<>();
    visibility(name, attributes, findings);
    retention(name, attributes, findings);
    redrive(name, attributes, findings);
    if (findings.stream().noneMatch(finding -> finding.mark() == Finding.Mark.WRONG)) {
      findings.addFirst(
          Finding.good(
              name
                  + " is there, "
                  + attributes.getOrDefault(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "0")
                  + " waiting"));
    }
    return findings;
  }

  private void visibility(
      String name, Map<QueueAttributeName, String> attributes, List<Finding> findings) {
    Duration visibility = seconds(attributes.get(QueueAttributeName.VISIBILITY_TIMEOUT));
    if (visibility.compareTo(VISIBILITY) < 0) {
      findings.add(
          Finding.wrong(
              name + " shows a message again after " + visibility.toSeconds() + " s",
              "set its visibility time-out to "
                  + VISIBILITY.toSeconds()
                  + " s or more (6 × the function's time-out), or deploy again"));
    }
  }

  private void retention(
      String name, Map<QueueAttributeName, String> attributes, List<Finding> findings) {
    String kept = attributes.get(QueueAttributeName.MESSAGE_RETENTION_PERIOD);
    if (seconds(kept).equals(RETENTION)) {
      return;
    }
    findings.add(
        standIn
            ? Finding.unknown("how long " + name + " keeps messages: this is not AWS's SQS", "")
            : Finding.wrong(
                name + " keeps messages for " + seconds(kept).toDays() + " days",
                "set its retention to 14 days, or deploy again"));
  }

  private void redrive(
      String name, Map<QueueAttributeName, String> attributes, List<Finding> findings) {
    JsonNode policy;
    try {
      policy = JSON.readTree(attributes.getOrDefault(QueueAttributeName.REDRIVE_POLICY, "{}"));
    } catch (JsonProcessingException e) {
      policy = JSON.createObjectNode();
    }
    String arn = policy.path("deadLetterTargetArn").asText("");
    int receives = policy.path("maxReceiveCount").asInt(0);
    if (arn.isEmpty() || receives != RECEIVES) {
      findings.add(
          Finding.wrong(
              arn.isEmpty()
                  ? name + " has no dead-letter queue"
                  : name + " gives a message up after " + receives + " receives",
              "set a redrive policy of " + RECEIVES + " receives, or deploy again"));
    }
    if (!arn.isEmpty()) {
      dead(arn.substring(arn.lastIndexOf(':') + 1), findings);
    }
  }

  private void dead(String name, List<Finding> findings) {
    try {
      // beside its queue; asking for the URL would need a right that no operator has
      String deadUrl = url.substring(0, url.lastIndexOf('/') + 1) + name;
      String waiting =
          attributes(deadUrl).getOrDefault(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "0");
      if (!waiting.equals("0")) {
        findings.add(
            Finding.wrong(
                "dead letters wait in " + name + ": " + waiting,
                "the dead-letter function should take them within seconds: look at its log"));
      }
    } catch (QueueDoesNotExistException e) {
      findings.add(
          Finding.wrong(
              "the dead-letter queue " + name + " is not there",
              "deploy again: ./beckon deploy aws"));
    }
  }

  private Map<QueueAttributeName, String> attributes(String queue) {
    return sqs.getQueueAttributes(
            request -> request.queueUrl(queue).attributeNames(QueueAttributeName.ALL))
        .attributes();
  }

  private static Duration seconds(@Nullable String text) {
    return text == null ? Duration.ZERO : Duration.ofSeconds(Long.parseLong(text));
  }
}
