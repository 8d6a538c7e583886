package dev.beckon.azurite;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Azure Storage's emulator, running: blobs and queues of one account on loopback. It ends when it
 * is closed, and when the process that started it ends, however that happens. Thread-safe.
 */
public final class Azurite implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Azurite.class);

  /**
   * The emulator's own account and key, the same everywhere: <a
   * href="https://learn.microsoft.com/en-us/azure/storage/common/storage-connect-azurite#well-known-storage-account-and-key">well-known
   * storage account and key</a>. No secret.
   */
  public static final String ACCOUNT = "devstoreaccount1";

  private static final String KEY =
      "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

  private static final Pattern LISTENING =
      Pattern.compile("Azurite (\\w+) service is successfully listening at (http://\\S+)");

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration END = Duration.ofSeconds(10);

  /** Its standard input closes with us: that tells it that nobody needs it. */
  private static final String ENDS_WITH_US =
      "data:text/javascript,process.stdin.on('end',()=>process.kill(process.pid,'SIGTERM')).resume()";

  private final Process process;
  private final Thread shutdown = new Thread(this::stop, "azurite-end");
  private final CompletableFuture<URI> blobs = new CompletableFuture<>();
  private final CompletableFuture<URI> queues = new CompletableFuture<>();
  private final CompletableFuture<URI> tables = new CompletableFuture<>();
  private final List<CreatedListener> listeners = new CopyOnWriteArrayList<>();

  private Azurite(Process process) {
    this.process = process;
    Thread.ofPlatform().daemon().name("azurite-log").start(this::listen);
    Runtime.getRuntime().addShutdownHook(shutdown);
  }

  /**
   * Installs the emulator where it is not, for whoever wants to know first whether it can start.
   *
   * @throws AzuriteUnavailableException when this machine has no Node.js that can run it
   * @throws UncheckedIOException when it cannot be installed
   */
  public static void install(AzuriteOptions options) {
    try {
      new AzuriteInstall(options).script();
    } catch (IOException e) {
      throw new UncheckedIOException("Azurite cannot be installed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while Azurite is installed", e);
    }
  }

  /**
   * Installs the emulator where it is not, starts it and waits until it listens.
   *
   * @throws AzuriteUnavailableException when this machine has no Node.js that can run it
   * @throws UncheckedIOException when it cannot be installed or does not start
   */
  public static Azurite start(AzuriteOptions options) {
    try {
      Path script = new AzuriteInstall(options).script();
      List<String> command =
          new ArrayList<>(
              List.of(
                  options.node(),
                  "--import",
                  ENDS_WITH_US,
                  script.toAbsolutePath().toString(),
                  "--disableTelemetry",
                  "--blobPort",
                  Integer.toString(options.blobPort()),
                  "--queuePort",
                  Integer.toString(options.queuePort()),
                  "--tablePort",
                  "0"));
      Path data = options.data();
      if (data == null) {
        command.add("--inMemoryPersistence");
      } else {
        Files.createDirectories(data);
        command.addAll(List.of("--location", data.toAbsolutePath().toString()));
      }
      Azurite azurite =
          new Azurite(
              new ProcessBuilder(command)
                  .directory(options.installed().toFile())
                  .redirectErrorStream(true)
                  .start());
      azurite.waitUntilListening();
      return azurite;
    } catch (IOException e) {
      throw new UncheckedIOException("Azurite cannot be installed or started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while Azurite starts", e);
    }
  }

  private void waitUntilListening() throws IOException, InterruptedException {
    try {
      // the last of the three
      tables.get(START.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      close();
      throw new IOException("it ended at once", e.getCause());
    } catch (TimeoutException e) {
      close();
      throw new IOException("it did not listen within " + START.toSeconds() + " s", e);
    }
  }

  private void listen() {
    String last = "nothing was said";
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        last = line;
        started(line);
        AccessLog.created(line).ifPresent(this::tell);
      }
    } catch (IOException e) {
      log.debug("azurite=log_ended error={}", e.getClass().getSimpleName());
    }
    tables.completeExceptionally(new IOException(last));
  }

  private void started(String line) {
    Matcher listening = LISTENING.matcher(line);
    if (!listening.find()) {
      return;
    }
    URI address = URI.create(listening.group(2) + "/" + ACCOUNT);
    switch (listening.group(1)) {
      case "Blob" -> blobs.complete(address);
      case "Queue" -> queues.complete(address);
      default -> tables.complete(address);
    }
  }

  private void tell(AccessLog.Created created) {
    for (CreatedListener listener : listeners) {
      try {
        listener.created(created.container(), created.key(), created.api());
      } catch (RuntimeException e) {
        // a log that is no longer read would stop the emulator
        log.warn("azurite=listener_failed api={}", created.api(), e);
      }
    }
  }

  /** From now on tells of each blob written; a moment after its writer was answered. */
  public void onCreated(CreatedListener listener) {
    listeners.add(listener);
  }

  /** Such as {@code http://127.0.0.1:10000/devstoreaccount1}. */
  public URI blobEndpoint() {
    return blobs.join();
  }

  /** Such as {@code http://127.0.0.1:10001/devstoreaccount1}. */
  public URI queueEndpoint() {
    return queues.join();
  }

  /** What a client of the SDK takes; names both services. */
  public String connectionString() {
    return "DefaultEndpointsProtocol=http;AccountName="
        + ACCOUNT
        + ";AccountKey="
        + KEY
        + ";BlobEndpoint="
        + blobEndpoint()
        + ";QueueEndpoint="
        + queueEndpoint()
        + ";";
  }

  /** For measuring what it takes. */
  public ProcessHandle process() {
    return process.toHandle();
  }

  /** Ends it and waits for that; what lies in a folder stays. Does nothing the second time. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(shutdown);
    } catch (IllegalStateException e) {
      // this process is ending, and the hook does the same
      log.trace("azurite=ends_with_us");
    }
    stop();
  }

  private void stop() {
    process.destroy();
    try {
      if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
