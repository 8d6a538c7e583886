package dev.beckon.local.cli;

import dev.beckon.local.worker.Worker;
import dev.beckon.local.worker.WorkerSettings;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** One worker process; started by the other commands. */
@Command(
    name = "worker",
    hidden = true,
    description = "Runs the Lambda handlers of one worker process.")
final class WorkerCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerCommand.class);

  @Parameters(description = "Settings as name=value.")
  List<String> settings = List.of();

  @Override
  public Integer call() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    Worker worker = Worker.start(WorkerSettings.fromArguments(settings));
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(end::countDown));
      // A worker whose servers are gone has nothing left to do.
      Optional<CompletableFuture<Void>> orphaned =
          ProcessHandle.current().parent().map(parent -> parent.onExit().thenRun(end::countDown));
      LOG.debug("worker=started parent={}", orphaned.isPresent());
      end.await();
    } finally {
      worker.close();
    }
    return 0;
  }
}
