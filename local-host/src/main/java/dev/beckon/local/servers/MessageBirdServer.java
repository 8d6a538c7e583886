package dev.beckon.local.servers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code POST /messages} as MessageBird does, delivers nothing and counts each message by
 * its reference, before the sender is told. Refuses a wrong access key, and recipients and a rush
 * as its options say. One recipient a request; bodies up to 200 KB. Thread-safe.
 *
 * @see <a href="https://developers.messagebird.com/api/sms-messaging/">the reference</a>
 */
public final class MessageBirdServer implements AutoCloseable {
  private static final int LARGEST_BODY = 200 << 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final Options options;
  private final RecipientFaults faults;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Ledger ledger = new Ledger();
  private final LongAdder refused = new LongAdder();
  private final LongAdder throttled = new LongAdder();
  private final Deque<Text> kept = new ArrayDeque<>();

  /**
   * How to behave.
   *
   * @param port of loopback; 0 takes a free one
   * @param accessKey what requests must show
   * @param keep how many texts are kept, for people to look at
   * @param failRate share of recipients refused for good, 0 to 1; always the same ones
   * @param throttleRate share of recipients answered 429 the first time they come
   * @param latency how long an answer takes
   * @param seed which recipients the rates fall upon
   * @param which of all texts are kept
   */
  public record Options(
      int port,
      String accessKey,
      int keep,
      double failRate,
      double throttleRate,
      Duration latency,
      long seed,
      Kept which) {

    /** On a free port, keeping the first. */
    public Options(
        String accessKey,
        int keep,
        double failRate,
        double throttleRate,
        Duration latency,
        long seed) {
      this(0, accessKey, keep, failRate, throttleRate, latency, seed, Kept.FIRST);
    }

    /** No faults, no latency, nothing kept. */
    public static Options quiet(String accessKey) {
      return new Options(accessKey, 0, 0, 0, Duration.ZERO, 1);
    }

    /** Names no key. */
    @Override
    public String toString() {
      return "MessageBirdServer.Options";
    }
  }

  /** A text as it was accepted. */
  public record Text(String originator, String to, String body, String datacoding) {
    /** Names nobody. */
    @Override
    public String toString() {
      return "Text[" + body.length() + " characters]";
    }
  }

  private MessageBirdServer(HttpServer server, Options options) {
    this.server = server;
    this.options = options;
    this.faults = new RecipientFaults(options.failRate(), options.throttleRate(), options.seed());
    server.createContext("/messages", this::answer);
    server.createContext("/balance", this::balance);
    server.setExecutor(threads);
    server.start();
  }

  /** Returns once requests are answered, on loopback. */
  public static MessageBirdServer start(Options options) {
    // read once by the JDK; without it each answer waits 40 ms for the client's delayed ACK
    System.setProperty("sun.net.httpserver.nodelay", "true");
    try {
      return new MessageBirdServer(
          HttpServer.create(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), options.port()), 1024),
          options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where to post to. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/messages");
  }

  /** What was accepted, by reference. */
  public Ledger ledger() {
    return ledger;
  }

  /** Recipients refused for good. */
  public long refused() {
    return refused.sum();
  }

  /** Requests told to come again. */
  public long throttled() {
    return throttled.sum();
  }

  /** The texts kept, the oldest first. A copy. */
  public List<Text> kept() {
    synchronized (kept) {
      return List.copyOf(kept);
    }
  }

  private void balance(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (("AccessKey " + options.accessKey())
          .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        ObjectNode balance = JSON.createObjectNode();
        balance.put("payment", "prepaid").put("type", "credits").put("amount", 100);
        reply(exchange, 200, balance.toString());
      } else {
        error(exchange, 401, 2, "Request not allowed (incorrect access_key)", "access_key");
      }
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body;
      try (InputStream in = exchange.getRequestBody()) {
        body = in.readNBytes(LARGEST_BODY + 1);
      }
      TimeUnit.NANOSECONDS.sleep(options.latency().toNanos());
      if (!("AccessKey " + options.accessKey())
          .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        error(exchange, 401, 2, "Request not allowed (incorrect access_key)", "access_key");
      } else if (!exchange.getRequestMethod().equals("POST")) {
        error(exchange, 405, 21, "method not allowed", null);
      } else if (body.length > LARGEST_BODY) {
        error(exchange, 413, 21, "body over 200 KB", null);
      } else {
        answer(exchange, tree(body));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed; the connection breaks off
    }
  }

  private void answer(HttpExchange exchange, JsonNode message) throws IOException {
    String to = message.path("recipients").path(0).asText("");
    for (String required : List.of("originator", "body")) {
      if (message.path(required).asText("").isEmpty()) {
        error(exchange, 422, 9, required + " is required", required);
        return;
      }
    }
    if (message.path("recipients").size() != 1 || !to.matches("[1-9][0-9]{6,14}")) {
      error(exchange, 422, 9, "no (correct) recipients found", "recipients");
      return;
    }
    switch (faults.judge(to)) {
      case REFUSE -> {
        refused.increment();
        error(exchange, 422, 9, "no (correct) recipients found", "recipients");
      }
      case THROTTLE -> {
        throttled.increment();
        exchange.getResponseHeaders().set("Retry-After", "1");
        reply(exchange, 429, "{}");
      }
      case ACCEPT -> accept(exchange, message, to);
    }
  }

  private void accept(HttpExchange exchange, JsonNode message, String to) throws IOException {
    String reference = message.path("reference").asText("");
    ledger.accepted(reference);
    Text text =
        new Text(
            message.path("originator").asText(),
            to,
            message.path("body").asText(),
            message.path("datacoding").asText("plain"));
    synchronized (kept) {
      if (options.which().wants(kept.size(), options.keep())) {
        kept.add(text);
      }
      if (kept.size() > options.keep()) {
        kept.remove();
      }
    }
    String id = UUID.randomUUID().toString().replace("-", "");
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    ObjectNode reply = JSON.createObjectNode();
    reply.put("id", id).put("href", url() + "/" + id).put("direction", "mt").put("type", "sms");
    reply.put("originator", text.originator()).put("body", text.body());
    reply.put("reference", reference).put("datacoding", text.datacoding());
    reply.put("createdDatetime", now);
    ObjectNode recipients = reply.putObject("recipients");
    recipients.put("totalCount", 1).put("totalSentCount", 1);
    recipients.put("totalDeliveredCount", 0).put("totalDeliveryFailedCount", 0);
    ObjectNode item = recipients.putArray("items").addObject();
    item.put("recipient", Long.parseLong(to)).put("status", "sent").put("statusDatetime", now);
    reply(exchange, 201, reply.toString());
  }

  private static JsonNode tree(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      return JSON.createObjectNode(); // lacks whatever is required
    }
  }

  private static void error(
      HttpExchange exchange, int status, int code, String words, @Nullable String parameter)
      throws IOException {
    ObjectNode reply = JSON.createObjectNode();
    reply
        .putArray("errors")
        .addObject()
        .put("code", code)
        .put("description", words)
        .put("parameter", parameter);
    reply(exchange, status, reply.toString());
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
