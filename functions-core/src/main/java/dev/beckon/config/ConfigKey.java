package dev.beckon.config;

import org.jspecify.annotations.Nullable;

/** Every environment variable Beckon reads, with its default and meaning. */
public enum ConfigKey {
  MONGO_URI(null, "MongoDB connection string, or secret://name of one"),
  DATABASE("beckon", "name of the database"),
  BUCKET(null, "name of the bucket that files are dropped in"),
  FILES_QUEUE(null, "URL of the queue that wakes waiting imports (feeds the file-drop function)"),
  CHUNK_QUEUE(null, "URL of the queue of chunks"),
  PRIORITY_QUEUE(null, "URL of the queue of parcels from the API and the contact centre"),
  BULK_QUEUE(null, "URL of the queue of parcels from imports"),
  PUBLIC_URL(null, "address under which the HTTP door answers, for unsubscribe links"),
  MASTER_KEY(
      "secret://beckon-master-key",
      "reference of the 256-bit key that wraps the account-day keys, base64"),
  HASH_KEY(
      "secret://beckon-hash-key",
      "reference of the key of recipient hashes, base64, at least 256 bits"),
  SECRETS(
      null,
      "where secret:// references are resolved: file:<path> of a JSON object of names and values"),
  SQS_ENDPOINT("", "address of an SQS other than AWS's own; empty for AWS"),
  S3_ENDPOINT("", "address of an S3 other than AWS's own; empty for AWS"),
  CLOCK_SHIFT("PT0S", "shifts this worker's clock, for fault tests only"),
  CLOCK_FILE(
      "",
      "file of 8 bytes, big-endian milliseconds, that shift the clocks of all workers at once, for fault tests only"),
  LOG_LEVEL("WARN", "how much the local host logs: ERROR, WARN, INFO or DEBUG"),
  ACCOUNT_CACHE("PT30S", "how stale a worker's account configuration may be");

  /** What every key starts with in the environment. */
  public static final String PREFIX = "BECKON_";

  private final @Nullable String fallback;
  private final String meaning;

  ConfigKey(@Nullable String fallback, String meaning) {
    this.fallback = fallback;
    this.meaning = meaning;
  }

  /** The environment variable, such as {@code BECKON_MONGO_URI}. */
  public String variable() {
    return PREFIX + name();
  }

  /** The value when the variable is not set; null when it must be set. */
  public @Nullable String fallback() {
    return fallback;
  }

  public String meaning() {
    return meaning;
  }
}
