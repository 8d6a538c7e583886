package dev.beckon.aws.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.telemetry.Metric;
import dev.beckon.telemetry.Tag;
import dev.beckon.telemetry.Tally;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class EmfLinesTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Map<Tag, String> MAIL =
      Map.of(
          Tag.VENDOR,
          "smtp",
          Tag.VENDOR_ACCOUNT,
          "mail",
          Tag.ACCOUNT,
          "acme",
          Tag.DISPATCH,
          "stay");

  private final List<String> lines = new ArrayList<>();
  private final Tally meter =
      new Tally(new EmfLines("beckon-dev", Clock.fixed(NOON, ZoneOffset.UTC), lines::add));

  @AfterEach
  void clear() {
    MDC.clear();
  }

  @Test
  void flush_countsAndTimes_isOneLineThatKeepsTheRules() throws IOException {
    MDC.put("requestId", "r-1");
    meter.add(Metric.SENT, MAIL, 40);
    meter.add(Metric.SENT, MAIL, 2);
    meter.add(Metric.DEFERRED, MAIL, 0);
    meter.record(Metric.VENDOR_LATENCY, MAIL, 12.34567);
    meter.record(Metric.VENDOR_LATENCY, MAIL, 20);
    meter.flush();

    JsonNode line = only();
    EmfRules.check(line);
    assertThat(line)
        .isEqualTo(
            JsonMapper.builder()
                .build()
                .readTree(
                    """
                    {"_aws": {"Timestamp": 1772452800000, "CloudWatchMetrics": [{
                       "Namespace": "Beckon",
                       "Dimensions": [["installation"], ["installation", "vendor"]],
                       "Metrics": [{"Name": "Sent", "Unit": "Count"},
                                   {"Name": "Deferred", "Unit": "Count"},
                                   {"Name": "VendorLatency", "Unit": "Milliseconds"}]}]},
                     "installation": "beckon-dev", "account": "acme", "dispatch": "stay",
                     "vendor": "smtp", "requestId": "r-1",
                     "Sent": 42, "Deferred": 0, "VendorLatency": [12.346, 20.0]}
                    """));
  }

  @Test
  void flush_nothingCounted_writesNothing() {
    meter.flush();
    meter.add(Metric.SENT, MAIL, 1);
    meter.flush();
    meter.flush();

    assertThat(lines).hasSize(1);
  }

  @Test
  void flush_moreValuesThanALineHolds_writesSeveralAndCountsOnce() throws IOException {
    meter.add(Metric.SENT, MAIL, 250);
    for (int call = 0; call < 250; call++) {
      meter.record(Metric.VENDOR_LATENCY, MAIL, call);
    }
    meter.flush();

    assertThat(lines).hasSize(3);
    List<Double> values = new ArrayList<>();
    int sent = 0;
    for (String text : lines) {
      JsonNode line = read(text);
      EmfRules.check(line);
      sent += line.path("Sent").asInt();
      line.path("VendorLatency").forEach(value -> values.add(value.asDouble()));
    }
    assertThat(sent).isEqualTo(250);
    assertThat(values).hasSize(250).doesNotHaveDuplicates();
  }

  @Test
  void flush_veryManyValues_keepsAThousandOfAllTimes() throws IOException {
    for (int call = 0; call < 100_000; call++) {
      meter.record(Metric.VENDOR_LATENCY, MAIL, call);
    }
    meter.flush();

    List<Double> values = new ArrayList<>();
    for (String line : lines) {
      read(line).path("VendorLatency").forEach(value -> values.add(value.asDouble()));
    }
    assertThat(values).hasSize(1_000);
    assertThat(values.stream().filter(value -> value >= 50_000).count()).isBetween(400L, 600L);
  }

  @Test
  void flush_severalVendorsAndLanes_tellsThemApart() throws IOException {
    meter.add(Metric.SENT, MAIL, 1);
    meter.add(Metric.SENT, Map.of(Tag.VENDOR, "sparkpost", Tag.ACCOUNT, "acme"), 2);
    meter.record(Metric.PARCEL_AGE, Map.of(Tag.LANE, "BULK"), 3);
    meter.add(Metric.IMPORT_STUCK, Map.of(), 0);
    meter.flush();

    List<String> dimensions = new ArrayList<>();
    for (String text : lines) {
      JsonNode line = read(text);
      EmfRules.check(line);
      dimensions.add(line.at("/_aws/CloudWatchMetrics/0/Dimensions").toString());
    }
    assertThat(dimensions)
        .containsExactly(
            "[[\"installation\"],[\"installation\",\"vendor\"]]",
            "[[\"installation\"],[\"installation\",\"vendor\"]]",
            "[[\"installation\"],[\"installation\",\"lane\"]]",
            "[[\"installation\"]]");
  }

  @Test
  void metrics_all_haveUnitsAndNamesOfCloudWatch() throws IOException {
    for (Metric metric : Metric.values()) {
      meter.add(metric, Map.of(), 1);
    }
    meter.flush();

    JsonNode line = only();
    EmfRules.check(line);
    assertThat(
            StreamSupport.stream(line.at("/_aws/CloudWatchMetrics/0/Metrics").spliterator(), false)
                .map(metric -> metric.path("Name").asText()))
        .contains("Accepted", "Sent", "OldestParcelAge", "Api5xx")
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[A-Z][A-Za-z0-9]+"));
  }

  private JsonNode only() throws IOException {
    assertThat(lines).hasSize(1);
    return read(lines.getFirst());
  }

  private static JsonNode read(String line) throws IOException {
    assertThat(line).doesNotContain("\n");
    return JsonMapper.builder().build().readTree(line);
  }
}
