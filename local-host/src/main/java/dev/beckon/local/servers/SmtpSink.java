package dev.beckon.local.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * An SMTP server that keeps no mail but counts each by its Message-ID, and can refuse, throttle and
 * dawdle. For load and faults: no TLS, no authentication, loopback only. A mail is counted before
 * its 250 is written, so a sender that dies between the two is seen to have sent. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321">RFC 5321</a>
 */
public final class SmtpSink implements AutoCloseable {

  /** Connections served at once; more are told 421. */
  static final int MOST_CONNECTIONS = 1_000;

  private final ServerSocket server;
  private final Options options;
  private final Ledger ledger = new Ledger();
  private final RecipientFaults faults;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger kept = new AtomicInteger();
  private final LongAdder refused = new LongAdder();
  private final LongAdder throttled = new LongAdder();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private SmtpSink(ServerSocket server, Options options) {
    this.server = server;
    this.options = options;
    this.faults = new RecipientFaults(options.failRate(), options.throttleRate(), options.seed());
    threads.execute(this::accept);
  }

  /**
   * How to behave.
   *
   * @param port of loopback; 0 takes a free one
   * @param folder where mails are kept as {@code .eml}; null keeps none
   * @param keep how many of them
   * @param which of all that come are kept
   * @param failRate share of recipients refused for good (550 5.1.1), 0 to 1; always the same ones
   * @param throttleRate share of recipients turned away (451 4.7.1) the first time they come
   * @param latency how long the end of a mail waits for its answer
   * @param seed which recipients the rates fall upon
   */
  public record Options(
      int port,
      @Nullable Path folder,
      int keep,
      double failRate,
      double throttleRate,
      Duration latency,
      long seed,
      Kept which) {

    /** Keeps the first. */
    public Options(
        int port,
        @Nullable Path folder,
        int keep,
        double failRate,
        double throttleRate,
        Duration latency,
        long seed) {
      this(port, folder, keep, failRate, throttleRate, latency, seed, Kept.FIRST);
    }

    /** Mails kept unless told otherwise. */
    public static final int KEEP = 200;

    /** A free port, no faults, no latency, nothing kept. */
    public static Options quiet() {
      return new Options(0, null, KEEP, 0, 0, Duration.ZERO, 1);
    }

    public Options keepingIn(Path where) {
      return new Options(port, where, keep, failRate, throttleRate, latency, seed, which);
    }

    public Options withFaults(double fail, double throttle, Duration wait) {
      return new Options(port, folder, keep, fail, throttle, wait, seed, which);
    }

    public Options keeping(Kept those) {
      return new Options(port, folder, keep, failRate, throttleRate, latency, seed, those);
    }
  }

  /** Returns once connections are accepted. */
  public static SmtpSink start(Options options) {
    try {
      if (options.folder() != null) {
        Files.createDirectories(options.folder());
      }
      ServerSocket server = new ServerSocket();
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), options.port()), 1024);
      return new SmtpSink(server, options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String host() {
    return "127.0.0.1";
  }

  public int port() {
    return server.getLocalPort();
  }

  /** What was accepted, by Message-ID without its brackets. */
  public Ledger ledger() {
    return ledger;
  }

  /** Recipients refused for good. */
  public long refused() {
    return refused.sum();
  }

  /** Recipients told to come again. */
  public long throttled() {
    return throttled.sum();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        threads.execute(() -> serve(socket));
      } catch (IOException | RejectedExecutionException e) {
        // closed, or a client gone before it was served
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(300_000); // RFC 5321 section 4.5.3.2.7: at least 5 minutes
      new SmtpConversation(this, socket.getInputStream(), socket.getOutputStream())
          .run(open.size() > MOST_CONNECTIONS);
    } catch (IOException e) {
      // the client is gone
    } finally {
      open.remove(socket);
    }
  }

  RecipientFaults.Verdict judge(String recipient) {
    RecipientFaults.Verdict verdict = faults.judge(recipient);
    switch (verdict) {
      case REFUSE -> refused.increment();
      case THROTTLE -> throttled.increment();
      case ACCEPT -> {}
    }
    return verdict;
  }

  Duration latency() {
    return options.latency();
  }

  /** Whether one more mail is to be kept whole. */
  boolean wantsMore() {
    return options.folder() != null && options.which().wants(kept.get(), options.keep());
  }

  /** Counts, then keeps if wanted; only after that may the sender be told. */
  void received(String messageId, byte @Nullable [] mail) throws IOException {
    ledger.accepted(messageId);
    if (mail != null && options.folder() != null) {
      int before = kept.getAndIncrement();
      if (options.which().wants(before, options.keep())) {
        // the newest take the places of the oldest
        int place = before % options.keep() + 1;
        Path half = Files.write(options.folder().resolve(before + ".part"), mail);
        Files.move(
            half,
            options.folder().resolve("%05d.eml".formatted(place)),
            StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      threads.shutdownNow();
    }
  }
}
