package dev.beckon.local.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.beckon.local.cloud.Ports;
import dev.beckon.local.cloud.Runner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code ./beckon serve} in this process, on free ports. */
final class Served implements AutoCloseable {
  private static final Path HOME = Path.of("..");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final CountDownLatch end = new CountDownLatch(1);
  private final CompletableFuture<Void> served;

  private Served(Serve.Options options) {
    Serve serve = new Serve(options, new PrintWriter(out, true, UTF_8));
    this.served =
        CompletableFuture.runAsync(
            () -> {
              try {
                serve.run(end);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            task -> Thread.ofPlatform().name("serve").start(task));
  }

  static Serve.Options options(Path data, Ports ports, @Nullable String store) {
    return new Serve.Options(
        InetAddress.getLoopbackAddress(),
        ports,
        HOME.resolve("samples/account.json"),
        false,
        Runner.WORKER,
        store,
        data,
        512,
        HOME,
        Map.of());
  }

  /** Returns once it says that it is ready. */
  static Served start(Serve.Options options) {
    Served served = new Served(options);
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!served.said().contains("Ctrl-C")) {
      if (served.served.isDone()) {
        served.served.join();
        throw new AssertionError("it ended: " + served.said());
      }
      if (System.nanoTime() > until) {
        throw new AssertionError("it is not ready: " + served.said());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    return served;
  }

  String said() {
    return out.toString(UTF_8);
  }

  /** The address behind a name in what it said. */
  String address(String name) {
    Matcher line = Pattern.compile("^" + name + " +(http\\S+)", Pattern.MULTILINE).matcher(said());
    if (!line.find()) {
      throw new AssertionError("it named no " + name + ": " + said());
    }
    return line.group(1);
  }

  /** Tells it to end, as Ctrl-C does, and waits until it has. */
  @Override
  public void close() {
    end.countDown();
    served.join();
  }
}
