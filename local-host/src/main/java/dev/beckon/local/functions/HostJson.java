package dev.beckon.local.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What host.json says of the things this host plays: <a
 * href="https://learn.microsoft.com/en-us/azure/azure-functions/functions-host-json">host.json</a>.
 *
 * @param functionTimeout empty: no limit
 * @param routePrefix what stands before every route, without slashes at its ends
 */
record HostJson(Optional<Duration> functionTimeout, String routePrefix, Queues queues) {

  /** Flex Consumption's default. */
  private static final Duration FUNCTION_TIMEOUT = Duration.ofMinutes(30);

  /**
   * How queues are read.
   *
   * @param batchSize messages asked for at a time, 32 at most
   * @param newBatchThreshold more are asked for when no more than this many are still worked on
   * @param maxDequeueCount tries before a message is poison
   * @param visibilityTimeout after which a failed message comes back
   * @param maxPollingInterval the longest wait between two looks at an empty queue
   * @param base64 whether bodies travel in base64
   */
  record Queues(
      int batchSize,
      int newBatchThreshold,
      int maxDequeueCount,
      Duration visibilityTimeout,
      Duration maxPollingInterval,
      boolean base64) {}

  static HostJson read(Path file, Faults faults) {
    JsonNode json = faults.tried("host.json", () -> new JsonMapper().readTree(file.toFile()));
    if (json == null) {
      json = new JsonMapper().createObjectNode();
    } else {
      if (!json.path("version").asText().equals("2.0")) {
        faults.add("host.json", "version is not \"2.0\"");
      }
      if (!json.has("extensionBundle")) {
        faults.add("host.json", "extensionBundle is missing, so Azure would load no trigger");
      }
    }
    JsonNode queues = json.path("extensions").path("queues");
    int batchSize = number(queues, "batchSize", 16, 1, 32, faults);
    return new HostJson(
        timeout(json, faults),
        strip(json.path("extensions").path("http").path("routePrefix").asText("api")),
        new Queues(
            batchSize,
            number(queues, "newBatchThreshold", batchSize / 2, 0, 10_000, faults),
            number(queues, "maxDequeueCount", 5, 1, 10_000, faults),
            span(queues, "visibilityTimeout", Duration.ZERO, faults),
            span(queues, "maxPollingInterval", Duration.ofMinutes(1), faults),
            base64(queues, faults)));
  }

  private static Optional<Duration> timeout(JsonNode json, Faults faults) {
    return json.path("functionTimeout").asText("").equals("-1")
        ? Optional.empty()
        : Optional.of(span(json, "functionTimeout", FUNCTION_TIMEOUT, faults));
  }

  private static Duration span(JsonNode json, String name, Duration otherwise, Faults faults) {
    if (!json.has(name)) {
      return otherwise;
    }
    Duration span =
        faults.tried("host.json " + name, () -> TimeSpan.parse(json.path(name).asText()));
    return span == null ? otherwise : span;
  }

  private static int number(
      JsonNode json, String name, int otherwise, int least, int most, Faults faults) {
    JsonNode value = json.path(name);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isInt() || value.asInt() < least || value.asInt() > most) {
      faults.add("host.json " + name, "is not a number from %d to %d".formatted(least, most));
      return otherwise;
    }
    return value.asInt();
  }

  private static boolean base64(JsonNode queues, Faults faults) {
    String encoding = queues.path("messageEncoding").asText("base64");
    if (!encoding.equals("base64") && !encoding.equals("none")) {
      faults.add("host.json messageEncoding", "is neither \"base64\" nor \"none\"");
    }
    return !encoding.equals("none");
  }

  private static String strip(String prefix) {
    return prefix.replaceAll("^/+|/+$", "");
  }
}
