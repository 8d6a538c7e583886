package dev.beckon.local.servers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.beckon.local.servers.TransmissionReader.Recipient;
import dev.beckon.local.servers.TransmissionReader.Transmission;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Answers transmissions as SparkPost does, delivers nothing and counts each recipient by the
 * reference in its metadata, before the sender is told. Refuses a wrong key, recipients as its
 * options say, and whole calls in bad {@link Weather}. Bodies are read as they come. Thread-safe.
 *
 * @see <a href="https://developers.sparkpost.com/api/transmissions/">the reference</a>
 */
public final class SparkPostServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final Options options;
  private final TransmissionReader reader = new TransmissionReader();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Ledger ledger = new Ledger();
  private final List<Integer> calls = new CopyOnWriteArrayList<>();
  private final Set<String> refusing = ConcurrentHashMap.newKeySet();
  private final LongAdder refused = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final KeptMails kept;
  private volatile Weather weather = Weather.FAIR;

  /**
   * How to behave.
   *
   * @param apiKey what requests must show
   * @param port of loopback; 0 takes a free one
   * @param keep how many mails are expanded and kept, for people to look at; beyond them one of
   *     each call is expanded, to see that it can be, and recipients are only counted
   * @param failRate share of recipients refused for good, 0 to 1; always the same ones
   * @param latency how long an answer takes
   * @param seed which recipients the rate falls upon
   * @param which of all mails are kept
   */
  public record Options(
      int port, String apiKey, int keep, double failRate, Duration latency, long seed, Kept which) {

    /** On a free port, keeping the first. */
    public Options(String apiKey, int keep, double failRate, Duration latency, long seed) {
      this(0, apiKey, keep, failRate, latency, seed, Kept.FIRST);
    }

    /** No faults, no latency, nothing kept. */
    public static Options quiet(String apiKey) {
      return new Options(apiKey, 0, 0, Duration.ZERO, 1);
    }

    /** Names no key. */
    @Override
    public String toString() {
      return "SparkPostServer.Options";
    }
  }

  /**
   * How whole calls are met.
   *
   * @param status of the answer; 200 is an ordinary one
   * @param taken whether a call answered by another status is taken all the same, as behind a
   *     gateway that lost sight of it
   * @param retryAfter what the answer says about waiting; null says nothing
   */
  public record Weather(int status, boolean taken, @Nullable Duration retryAfter) {
    /** Every call is taken and answered. */
    public static final Weather FAIR = new Weather(200, true, null);
  }

  /** A mail as its reader would see it; the unsubscribe header is empty when there is none. */
  public record Mail(
      String from, String to, String subject, String text, String html, String unsubscribe) {
    /** Names nobody. */
    @Override
    public String toString() {
      return "Mail[" + text.length() + " characters]";
    }
  }

  private SparkPostServer(HttpServer server, Options options) {
    this.server = server;
    this.options = options;
    this.kept = new KeptMails(options.keep(), options.which());
    server.createContext("/api/v1/transmissions", this::answer);
    server.createContext("/api/v1/sending-domains/", new SendingDomainsPage(options.apiKey()));
    server.setExecutor(threads);
    server.start();
  }

  /** Returns once requests are answered, on loopback. */
  public static SparkPostServer start(Options options) {
    // read once by the JDK; without it each answer waits 40 ms for the client's delayed ACK
    System.setProperty("sun.net.httpserver.nodelay", "true");
    try {
      return new SparkPostServer(
          HttpServer.create(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), options.port()), 1024),
          options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a vendor account's {@code url} is set to. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What was accepted, by reference. */
  public Ledger ledger() {
    return ledger;
  }

  /** How many recipients each call named that was taken, in order. A copy. */
  public List<Integer> calls() {
    return List.copyOf(calls);
  }

  /** Recipients refused for good. */
  public long refused() {
    return refused.sum();
  }

  /** Bytes of bodies announced so far. */
  public long bytes() {
    return bytes.sum();
  }

  /** The first mails, as expanded. A copy. */
  public List<Mail> mails() {
    return kept.mails();
  }

  /** Refuses this address from now on. */
  public void refuse(String address) {
    refusing.add(address);
  }

  /** Changes how calls are met from now on. */
  public void turns(Weather next) {
    weather = next;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String length = exchange.getRequestHeaders().getFirst("Content-Length");
      bytes.add(length == null ? 0 : Long.parseLong(length));
      if (!options.apiKey().equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        reply(exchange, 401, error("Unauthorized.", ""));
        return;
      }
      Weather now = weather;
      int wanted = Math.max(1, kept.room());
      Transmission transmission;
      try (InputStream in = exchange.getRequestBody()) {
        transmission = reader.read(in, wanted);
      } catch (IOException malformed) {
        reply(exchange, 400, error("Request body parsing failed", "1300"));
        return;
      }
      pause();
      if (now.status() != 200) {
        if (now.taken()) {
          take(transmission, wanted);
        }
        Duration wait = now.retryAfter();
        if (wait != null) {
          exchange.getResponseHeaders().set("Retry-After", Long.toString(wait.toSeconds()));
        }
        reply(exchange, now.status(), error("said by the weather", ""));
        return;
      }
      meet(exchange, transmission, wanted);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void meet(HttpExchange exchange, Transmission transmission, int wanted)
      throws IOException {
    List<Recipient> rejected;
    try {
      rejected = take(transmission, wanted);
    } catch (IllegalArgumentException e) {
      // the real one tells of this later, in an event nobody here would see
      reply(exchange, 422, error("template language syntax error: " + e.getMessage(), "3000"));
      return;
    }
    int all = transmission.recipients().size();
    if (rejected.size() == all) {
      reply(exchange, 400, error("At least one valid recipient is required", "5002"));
      return;
    }
    ObjectNode body =
        rejected.isEmpty()
            ? JSON.createObjectNode()
            : error("transmission created, but with validation errors", "2000");
    ObjectNode results = body.putObject("results");
    ArrayNode errors = results.putArray("rcpt_to_errors");
    for (Recipient recipient : rejected) {
      errors
          .addObject()
          .put("message", "invalid recipient address.email: " + recipient.address())
          .put("code", "1300");
    }
    results
        .put("total_rejected_recipients", rejected.size())
        .put("total_accepted_recipients", all - rejected.size())
        .put("id", Integer.toString(calls.size()));
    reply(exchange, 200, body);
  }

  /**
   * Counts the recipients that are not refused; returns those that are.
   *
   * @param looked how many, from the first, are expanded
   */
  private List<Recipient> take(Transmission transmission, int looked) {
    List<Recipient> rejected = new ArrayList<>();
    List<Recipient> all = transmission.recipients();
    for (Recipient recipient : all.subList(0, Math.min(looked, all.size()))) {
      kept.look(transmission, recipient);
    }
    for (Recipient recipient : all) {
      if (isRefused(recipient.address())) {
        rejected.add(recipient);
      } else {
        ledger.accepted(recipient.reference());
      }
    }
    refused.add(rejected.size());
    calls.add(all.size());
    return rejected;
  }

  private boolean isRefused(String address) {
    return address.indexOf('@') < 1
        || refusing.contains(address)
        || (options.failRate() > 0
            && new SplittableRandom(options.seed() * 0x9E3779B97F4A7C15L + address.hashCode())
                    .nextDouble()
                < options.failRate());
  }

  private void pause() throws InterruptedException {
    if (options.latency().isPositive()) {
      TimeUnit.NANOSECONDS.sleep(options.latency().toNanos());
    }
  }

  static ObjectNode error(String message, String code) {
    ObjectNode body = JSON.createObjectNode();
    ObjectNode error = body.putArray("errors").addObject().put("message", message);
    if (!code.isEmpty()) {
      error.put("code", code);
    }
    return body;
  }

  static void reply(HttpExchange exchange, int status, ObjectNode body) throws IOException {
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
