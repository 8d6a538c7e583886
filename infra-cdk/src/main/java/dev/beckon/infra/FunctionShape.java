package dev.beckon.infra;

import dev.beckon.app.EntryPoint;
import java.util.Locale;
import software.amazon.awscdk.Duration;

/**
 * What a function is made like.
 *
 * @param label what its names end with: {@code dispatch-bulk}
 * @param id its id among the stack's constructs: {@code DispatchBulk}
 * @param recursive whether it sends to queues that lead back to itself. Lambda would else stop such
 *     a chain after 16 steps, and a dispatch is as many steps long as it has parcels
 */
record FunctionShape(
    String label, String id, String description, Duration timeout, boolean recursive) {
  static final Duration DISPATCH_TIMEOUT = Duration.minutes(2);
  static final Duration CHUNK_TIMEOUT = Duration.minutes(5);
  static final Duration FILE_TIMEOUT = Duration.minutes(15);
  static final Duration DEAD_LETTER_TIMEOUT = Duration.minutes(2);

  static FunctionShape of(EntryPoint entryPoint) {
    return switch (entryPoint) {
      case FILE_DROP ->
          shape(entryPoint, "imports files dropped in the bucket", FILE_TIMEOUT, true);
      case CHUNK -> shape(entryPoint, "accepts the rows of chunks", CHUNK_TIMEOUT, true);
      case DISPATCH_PRIORITY ->
          shape(
              entryPoint,
              "sends what the API and the contact centre ask for",
              DISPATCH_TIMEOUT,
              true);
      case DISPATCH_BULK -> shape(entryPoint, "sends what was imported", DISPATCH_TIMEOUT, true);
      case SWEEP ->
          shape(
              entryPoint,
              "every minute: due parcels, expired claims, stopped imports",
              Duration.minutes(5),
              false);
      case DEAD_LETTER ->
          shape(
              entryPoint,
              "judges messages that ten receives did not settle",
              DEAD_LETTER_TIMEOUT,
              true);
      // an HTTP API gives up after 30 s
      case HTTP -> shape(entryPoint, "answers HTTP requests", Duration.seconds(29), false);
    };
  }

  private static FunctionShape shape(
      EntryPoint entryPoint, String does, Duration timeout, boolean recursive) {
    String label = entryPoint.name().toLowerCase(Locale.ROOT).replace('_', '-');
    StringBuilder id = new StringBuilder();
    for (String word : label.split("-", -1)) {
      id.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
    }
    return new FunctionShape(label, id.toString(), "Beckon: " + does, timeout, recursive);
  }
}
