package dev.beckon.local.cloud;

import dev.beckon.app.EntryPoint;
import dev.beckon.local.Parts;
import dev.beckon.local.lambda.HttpFunction;
import dev.beckon.local.lambda.LocalLambda;
import dev.beckon.local.worker.Worker;
import java.time.Duration;

/**
 * Every entry point as a function of its own under the real Lambda runtime client, the HTTP door's
 * among them. Lambda's part, which starts a process at the first event and another one when it
 * dies, is played here.
 */
public final class LambdaWorkers implements Workers {
  private static final Duration HTTP_TIMEOUT = Duration.ofSeconds(29);

  private final Parts parts = new Parts();

  private LambdaWorkers() {}

  /** Starts every function but none of its processes. */
  public static LambdaWorkers start(LocalCloud<AwsSide> cloud, LocalLambda lambda) {
    LambdaWorkers workers = new LambdaWorkers();
    HttpFunction http =
        workers.parts.keep(
            new HttpFunction(
                lambda.function(Worker.name(EntryPoint.HTTP), EntryPoint.HTTP, HTTP_TIMEOUT)));
    cloud.opensDoor(http::answer);
    workers.parts.keep(
        Worker.start(
            cloud.side().worker(),
            (entryPoint, timeout) ->
                lambda.function(Worker.name(entryPoint), entryPoint, timeout)));
    return workers;
  }

  @Override
  public boolean revive() {
    return false;
  }

  @Override
  public void close() {
    parts.close();
  }
}
