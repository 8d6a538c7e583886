package dev.beckon.infra;

import java.util.Locale;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.logs.RetentionDays;

/** How large an installation is, and how long it keeps what it has. */
public enum Profile {
  /** To try things out: small, and gone without a trace when it is destroyed. */
  DEV(1024, RetentionDays.ONE_WEEK, 7, 1, "INFO", 20, 40, false),
  /** As production, with less to do. */
  QA(1769, RetentionDays.ONE_MONTH, 30, 7, "INFO", 50, 100, false),
  /** What it holds outlives the stack. */
  PROD(1769, RetentionDays.ONE_YEAR, 90, 14, "WARN", 500, 1000, true);

  private final int memory;
  private final RetentionDays logs;
  private final int keepFiles;
  private final int keepVersions;
  private final String logLevel;
  private final int httpRate;
  private final int httpBurst;
  private final boolean retained;

  Profile(
      int memory,
      RetentionDays logs,
      int keepFiles,
      int keepVersions,
      String logLevel,
      int httpRate,
      int httpBurst,
      boolean retained) {
    this.memory = memory;
    this.logs = logs;
    this.keepFiles = keepFiles;
    this.keepVersions = keepVersions;
    this.logLevel = logLevel;
    this.httpRate = httpRate;
    this.httpBurst = httpBurst;
    this.retained = retained;
  }

  /**
   * How many environments work at once on each queue. Their product with the driver's pool and the
   * cluster's hosts is what the store has to bear in connections.
   */
  public record Concurrency(int files, int chunk, int priority, int bulk) {}

  /** As it is written in the context and in names: {@code dev}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** MB of memory of a function; 1,769 are one whole processor. */
  public int memory() {
    return memory;
  }

  public Concurrency concurrency() {
    return switch (this) {
      case DEV -> new Concurrency(2, 2, 2, 2);
      case QA -> new Concurrency(2, 5, 5, 10);
      case PROD -> new Concurrency(5, 20, 20, 50);
    };
  }

  public RetentionDays logs() {
    return logs;
  }

  /** Days that a file stays in the bucket, whatever became of it. */
  public int keepFiles() {
    return keepFiles;
  }

  /** Days that a deleted or overwritten object can be brought back. */
  public int keepVersions() {
    return keepVersions;
  }

  public String logLevel() {
    return logLevel;
  }

  /** Requests a second that the HTTP door lets in. */
  public int httpRate() {
    return httpRate;
  }

  /** Requests at once that the HTTP door lets in. */
  public int httpBurst() {
    return httpBurst;
  }

  /** Whether data outlives the stack that made it. */
  public boolean retained() {
    return retained;
  }

  /** What becomes of data when the stack goes. */
  public RemovalPolicy removal() {
    return retained ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
  }
}
