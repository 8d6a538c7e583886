package dev.beckon.aws.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * The rules of the <a
 * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">embedded
 * metric format</a>, as far as they bind what we write.
 */
final class EmfRules {
  private static final Set<String> UNITS =
      Set.of(
          "Seconds",
          "Microseconds",
          "Milliseconds",
          "Bytes",
          "Kilobytes",
          "Megabytes",
          "Gigabytes",
          "Terabytes",
          "Bits",
          "Kilobits",
          "Megabits",
          "Gigabits",
          "Terabits",
          "Percent",
          "Count",
          "Count/Second",
          "None");

  private EmfRules() {}

  static void check(JsonNode line) {
    assertThat(line.isObject()).isTrue();
    JsonNode aws = line.path("_aws");
    assertThat(aws.path("Timestamp").isIntegralNumber()).isTrue();
    assertThat(aws.path("CloudWatchMetrics").isArray()).isTrue();
    assertThat(aws.path("CloudWatchMetrics")).isNotEmpty();
    for (JsonNode directive : aws.path("CloudWatchMetrics")) {
      assertThat(directive.path("Namespace").asText()).hasSizeBetween(1, 1_024);
      assertThat(directive.path("Dimensions").isArray()).isTrue();
      for (JsonNode set : directive.path("Dimensions")) {
        assertThat(set.size()).isBetween(1, 30);
        set.forEach(name -> {
          JsonNode value = line.path(name.asText());
          assertThat(value.isTextual()).as("dimension %s at the root", name).isTrue();
          assertThat(value.asText()).hasSizeBetween(1, 1_024);
        });
      }
      assertThat(directive.path("Metrics").size()).isBetween(1, 100);
      for (JsonNode metric : directive.path("Metrics")) {
        assertThat(metric.path("Name").asText()).hasSizeBetween(1, 1_024);
        assertThat(UNITS).contains(metric.path("Unit").asText());
        value(line.path(metric.path("Name").asText()));
      }
    }
  }

  private static void value(JsonNode value) {
    if (value.isArray()) {
      assertThat(value.size()).isBetween(1, 100);
      value.forEach(each -> assertThat(each.isNumber()).isTrue());
    } else {
      assertThat(value.isNumber()).isTrue();
    }
  }
}
