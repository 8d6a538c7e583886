package dev.beckon.local.worker;

import dev.beckon.local.servers.SqsServer.QueuePair;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a worker process polls and how. It travels to the process as arguments of the form {@code
 * name=value}; what the handlers themselves need travels in the environment, as on Lambda.
 *
 * @param functionTimeout of the dispatch function; the queues' visibility is six times as long
 * @param environments how many dispatch environments run at once
 * @param longestRedelivery a failed message comes back after 1, 2, 4 … s, at most after this
 */
public record WorkerSettings(
    URI sqs,
    QueuePair files,
    QueuePair chunks,
    QueuePair priority,
    QueuePair bulk,
    Duration functionTimeout,
    Duration sweepEvery,
    int environments,
    Duration longestRedelivery) {

  /** Failed messages of a person's run come back within about a minute. */
  public static final Duration LONGEST_REDELIVERY = Duration.ofSeconds(64);

  /** The same worker, to which failed messages come back at the latest after this. */
  public WorkerSettings withLongestRedelivery(Duration longest) {
    return new WorkerSettings(
        sqs, files, chunks, priority, bulk, functionTimeout, sweepEvery, environments, longest);
  }

  /** The arguments of a worker process. */
  public List<String> toArguments() {
    List<String> arguments = new ArrayList<>();
    arguments.add("sqs=" + sqs);
    queues()
        .forEach((name, pair) ->
            arguments.add(
                name
                    + "="
                    + String.join(
                        "|", pair.url(), pair.arn(), pair.deadLetterUrl(), pair.deadLetterArn())));
    arguments.add("functionTimeout=" + functionTimeout);
    arguments.add("sweepEvery=" + sweepEvery);
    arguments.add("environments=" + environments);
    arguments.add("longestRedelivery=" + longestRedelivery);
    return arguments;
  }

  /** Reads what {@link #toArguments} wrote. */
  public static WorkerSettings fromArguments(List<String> arguments) {
    Map<String, String> values = new TreeMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      values.put(argument.substring(0, equals), argument.substring(equals + 1));
    }
    return new WorkerSettings(
        URI.create(need(values, "sqs")),
        pair(need(values, "files")),
        pair(need(values, "chunks")),
        pair(need(values, "priority")),
        pair(need(values, "bulk")),
        Duration.parse(need(values, "functionTimeout")),
        Duration.parse(need(values, "sweepEvery")),
        Integer.parseInt(need(values, "environments")),
        Duration.parse(need(values, "longestRedelivery")));
  }

  Map<String, QueuePair> queues() {
    return Map.of("files", files, "chunks", chunks, "priority", priority, "bulk", bulk);
  }

  private static String need(Map<String, String> values, String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("a worker needs the argument " + name + "=…");
    }
    return value;
  }

  private static QueuePair pair(String text) {
    List<String> parts = List.of(text.split("\\|", -1));
    return new QueuePair(parts.get(0), parts.get(1), parts.get(2), parts.get(3));
  }
}
