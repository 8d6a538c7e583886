package dev.beckon.azure;

import dev.beckon.app.EntryPoint;
import java.util.List;

/** Which functions answer which entry point on Azure: what looks at a staged app reads it here. */
public final class AzureFunctions {
  static final String FILE_DROP = "file-drop";
  static final String CHUNK = "chunk";
  static final String DISPATCH_PRIORITY = "dispatch-priority";
  static final String DISPATCH_BULK = "dispatch-bulk";
  static final String SWEEP = "sweep";
  static final String DEAD_LETTER_FILES = "dead-letter-files";
  static final String DEAD_LETTER_CHUNKS = "dead-letter-chunks";
  static final String DEAD_LETTER_PRIORITY = "dead-letter-priority";
  static final String DEAD_LETTER_BULK = "dead-letter-bulk";
  static final String HTTP = "http";

  /**
   * Beside the entry points: hands what SNS tells to the files queue. The host matches routes in
   * the order of the functions' names: this one comes before {@link #HTTP}, which takes every path.
   */
  static final String S3_EVENTS = "events-sns";

  /** The binding connection: the host's own storage account, which holds the queues too. */
  static final String CONNECTION = "AzureWebJobsStorage";

  private AzureFunctions() {}

  /** Names of the functions; a trigger of a storage queue takes one queue alone. */
  public static List<String> names(EntryPoint entryPoint) {
    return switch (entryPoint) {
      case FILE_DROP -> List.of(FILE_DROP);
      case CHUNK -> List.of(CHUNK);
      case DISPATCH_PRIORITY -> List.of(DISPATCH_PRIORITY);
      case DISPATCH_BULK -> List.of(DISPATCH_BULK);
      case SWEEP -> List.of(SWEEP);
      case DEAD_LETTER ->
          List.of(DEAD_LETTER_FILES, DEAD_LETTER_CHUNKS, DEAD_LETTER_PRIORITY, DEAD_LETTER_BULK);
      case HTTP -> List.of(HTTP);
    };
  }
}
