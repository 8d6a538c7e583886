package dev.beckon.local.cli;

import dev.beckon.local.functions.FunctionsHost;
import dev.beckon.local.functions.FunctionsHostSettings;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** One functions host's process; started by the other commands. */
@Command(
    name = "functions-host",
    hidden = true,
    description = "Runs a staged function app against Azure Storage.")
final class FunctionsHostCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(FunctionsHostCommand.class);

  /** A function that takes too long costs the whole process, as it costs Azure's worker process. */
  private static final int TIMED_OUT = 3;

  @Parameters(description = "Settings as name=value.")
  List<String> settings = List.of();

  @Override
  public Integer call() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (FunctionsHost host =
        FunctionsHost.start(
            FunctionsHostSettings.fromArguments(settings),
            System.getenv(),
            () -> Runtime.getRuntime().halt(TIMED_OUT))) {
      LOG.info("functions-host=started url={} functions={}", host.url(), host.functions());
      Runtime.getRuntime().addShutdownHook(new Thread(end::countDown));
      // A host whose servers are gone has nothing left to do.
      Optional<CompletableFuture<Void>> orphaned =
          ProcessHandle.current().parent().map(parent -> parent.onExit().thenRun(end::countDown));
      LOG.debug("functions-host=watches parent={}", orphaned.isPresent());
      end.await();
    }
    return 0;
  }
}
