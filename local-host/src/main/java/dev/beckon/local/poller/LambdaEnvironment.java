package dev.beckon.local.poller;

/**
 * One execution environment: one handler, one invocation at a time, started at the first invocation
 * and again after a time-out, since Lambda discards an environment whose invocation took too long.
 * Thread-safe; a second invocation waits for the first.
 */
public interface LambdaEnvironment extends AutoCloseable {

  /** Runs the function with an event as the service sends it. Never throws. */
  Outcome invoke(String eventJson);

  /** Ends what was started. */
  @Override
  void close();
}
