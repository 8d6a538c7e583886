package dev.beckon.app;

import dev.beckon.config.ConfigKey;
import java.util.EnumMap;
import java.util.Map;

/** Every trigger of the system, once. A host has exactly one function for each. */
public enum EntryPoint {
  /** An object was created in the bucket, or a waiting import is due. */
  FILE_DROP,
  /** Queue of chunks: rows cut from a file, to be accepted. */
  CHUNK,
  /** Queue of parcels from the API and the contact centre. */
  DISPATCH_PRIORITY,
  /** Queue of parcels from imports. */
  DISPATCH_BULK,
  /** Timer: due parcels, expired claims, waiting imports. */
  SWEEP,
  /** Queue of messages that were received ten times without success. */
  DEAD_LETTER,
  /** A request of HTTP: links in messages, vendors' feedback, the API. */
  HTTP;

  /** Those fed by queues of our own, each with the key that says where its queue is. */
  public static Map<EntryPoint, ConfigKey> queues() {
    return new EnumMap<>(
        Map.of(
            FILE_DROP, ConfigKey.FILES_QUEUE,
            CHUNK, ConfigKey.CHUNK_QUEUE,
            DISPATCH_PRIORITY, ConfigKey.PRIORITY_QUEUE,
            DISPATCH_BULK, ConfigKey.BULK_QUEUE));
  }
}
