package dev.beckon.azure;

import dev.beckon.app.EntryPoint;

/**
 * What the queues are called in every installation's own storage account. Constants, because
 * bindings name them.
 */
public final class QueueNames {
  public static final String FILES = "beckon-files";
  public static final String CHUNKS = "beckon-chunks";
  public static final String PRIORITY = "beckon-priority";
  public static final String BULK = "beckon-bulk";

  /**
   * What the Functions host appends to the name of the queue of given-up messages: <a
   * href="https://learn.microsoft.com/en-us/azure/azure-functions/functions-bindings-storage-queue-trigger#poison-messages">poison
   * messages</a>.
   */
  public static final String POISON = "-poison";

  private QueueNames() {}

  /** The queue that feeds an entry point. */
  public static String of(EntryPoint target) {
    return switch (target) {
      case FILE_DROP -> FILES;
      case CHUNK -> CHUNKS;
      case DISPATCH_PRIORITY -> PRIORITY;
      case DISPATCH_BULK -> BULK;
      case SWEEP, DEAD_LETTER, HTTP ->
          throw new IllegalArgumentException("no one queue feeds " + target);
    };
  }
}
