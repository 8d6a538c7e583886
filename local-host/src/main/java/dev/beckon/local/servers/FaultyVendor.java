package dev.beckon.local.servers;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A far end of the simulator and of SparkPost that misbehaves and keeps the truth: for every
 * reference, what came when and whether it was taken. Which fault a request meets follows from
 * seed, its first reference and the number of that one's try alone. On raw sockets, because HTTP
 * servers cannot hang and reset to order. Thread-safe.
 */
public final class FaultyVendor implements AutoCloseable {
  private static final int LARGEST_BODY = 1 << 20;
  private static final int LONGEST_HEAD = 16 << 10;
  private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *(\\d{1,7})\r\n");

  /** Of the simulator, and of SparkPost's metadata. */
  private static final Pattern REFERENCE =
      Pattern.compile("\"ref(?:erence)?\": ?\"([^\"]{1,200})\"");

  private final ServerSocket server;
  private final long seed;
  private final long latencyMillis;
  private final Map<String, List<Receipt>> book = new ConcurrentHashMap<>();
  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong resetsBefore = new AtomicLong();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile Weather weather = Weather.FAIR;

  /** One message as it came. */
  public record Receipt(Instant at, VendorFault fault) {}

  /**
   * How the vendor feels just now.
   *
   * @param share of requests that meet a fault, 0 to 1
   * @param faults which ones, each as likely as the others
   */
  public record Weather(double share, List<VendorFault> faults) {
    /** Every request is taken and answered. */
    public static final Weather FAIR = new Weather(0, List.of());

    public Weather {
      faults = List.copyOf(faults);
      if (faults.isEmpty() && share > 0) {
        throw new IllegalArgumentException("name the faults that " + share + " of requests meet");
      }
    }
  }

  private FaultyVendor(ServerSocket server, long seed, long latencyMillis) {
    this.server = server;
    this.seed = seed;
    this.latencyMillis = latencyMillis;
    threads.execute(this::accept);
  }

  /**
   * Returns once connections are accepted, on a free port of loopback.
   *
   * @param latencyMillis mean time of an answer; drawn between nothing and twice as much
   */
  public static FaultyVendor start(long seed, long latencyMillis) {
    try {
      ServerSocket server = new ServerSocket();
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
      return new FaultyVendor(server, seed, latencyMillis);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the simulator posts to; SparkPost's address is the same without a path. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/messages");
  }

  /** Changes how requests are met from now on. */
  public void turns(Weather next) {
    weather = next;
  }

  /** Everything that came under a reference, oldest first; empty when nothing did. A copy. */
  public List<Receipt> receipts(String reference) {
    List<Receipt> receipts = book.get(reference);
    if (receipts == null) {
      return List.of();
    }
    synchronized (receipts) {
      return List.copyOf(receipts);
    }
  }

  /** References that came, taken or not. A copy. */
  public Set<String> references() {
    return new TreeSet<>(book.keySet());
  }

  /** Messages taken so far, repeated ones included. */
  public long taken() {
    return taken.get();
  }

  /** How many requests met each fault. */
  public Map<VendorFault, Long> met() {
    Map<VendorFault, Long> met = new EnumMap<>(VendorFault.class);
    book.keySet()
        .forEach(reference ->
            receipts(reference).forEach(receipt -> met.merge(receipt.fault(), 1L, Long::sum)));
    met.merge(VendorFault.RESET_BEFORE, resetsBefore.get(), Long::sum);
    return met;
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
      InputStream in = new BufferedInputStream(socket.getInputStream());
      boolean more = true;
      while (more) {
        int length = contentLength(in);
        if (resetsNow()) {
          socket.setSoLinger(true, 0);
          return;
        }
        more = answer(socket, body(in, length));
      }
    } catch (IOException e) {
      // the client is gone
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  /** Notes before it answers: a sender that dies between the two is seen to have sent. */
  private boolean answer(Socket socket, String body) throws IOException, InterruptedException {
    List<String> references =
        REFERENCE.matcher(body).results().map(match -> match.group(1)).toList();
    if (references.isEmpty()) {
      reply(socket, "400 Bad Request", "{\"error\":\"no reference\"}");
      return true;
    }
    SplittableRandom random = random(references.getFirst(), receipts(references.getFirst()).size());
    VendorFault fault = draw(random, weather);
    Receipt receipt = new Receipt(Instant.now(), fault);
    for (String reference : references) {
      List<Receipt> receipts = book.computeIfAbsent(reference, any -> new ArrayList<>());
      synchronized (receipts) {
        receipts.add(receipt);
      }
    }
    if (fault.takes()) {
      taken.addAndGet(references.size());
    }
    if (latencyMillis > 0) {
      Thread.sleep(random.nextLong(2 * latencyMillis));
    }
    return switch (fault) {
      case NONE -> reply(socket, "200 OK", acceptance(references.size()));
      case THROTTLE -> reply(socket, "429 Too Many Requests\r\nRetry-After: 1", "{}");
      case THROTTLE_SILENT -> reply(socket, "429 Too Many Requests", "slow down");
      case UNAVAILABLE -> reply(socket, "503 Service Unavailable", "{}");
      case REFUSE -> reply(socket, "400 Bad Request", "{\"error\":\"no such recipient\"}");
      case GATEWAY_TAKEN -> reply(socket, "502 Bad Gateway", "<html>");
      case GATEWAY_LOST -> reply(socket, "504 Gateway Timeout", "<html>");
      case GARBAGE_TAKEN, GARBAGE_LOST -> reply(socket, "200 OK", "\u0000{\"acc");
      // until the client gives up
      case HANG_TAKEN, HANG_LOST -> socket.getInputStream().read() >= 0;
      case RESET_TAKEN, RESET_LOST, RESET_BEFORE -> {
        socket.setSoLinger(true, 0);
        yield false;
      }
    };
  }

  /** In the words of both vendors that post here. */
  private static String acceptance(int messages) {
    return ("{\"accepted\":%d,\"results\":{\"id\":\"1\",\"total_accepted_recipients\":%d,"
            + "\"total_rejected_recipients\":0}}")
        .formatted(messages, messages);
  }

  private static VendorFault draw(SplittableRandom random, Weather weather) {
    double share = random.nextDouble();
    double kind = random.nextDouble();
    VendorFault fault =
        share < weather.share()
            ? weather.faults().get((int) (kind * weather.faults().size()))
            : VendorFault.NONE;
    // too late for that one: the request is read
    return fault == VendorFault.RESET_BEFORE ? VendorFault.NONE : fault;
  }

  private SplittableRandom random(String reference, int number) {
    long hash = seed * 0x9E3779B97F4A7C15L + number;
    for (int i = 0; i < reference.length(); i++) {
      hash = (hash ^ reference.charAt(i)) * 0x100000001B3L;
    }
    return new SplittableRandom(hash);
  }

  /** Nobody's reference is known yet, so this one fault is drawn by the number of the request. */
  private boolean resetsNow() {
    Weather now = weather;
    long number = requests.getAndIncrement();
    if (!now.faults().contains(VendorFault.RESET_BEFORE)
        || new SplittableRandom(seed ^ number * 0x9E3779B97F4A7C15L).nextDouble()
            >= now.share() / now.faults().size()) {
      return false;
    }
    resetsBefore.incrementAndGet();
    return true;
  }

  private static boolean reply(Socket socket, String status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head = "HTTP/1.1 " + status + "\r\nContent-Length: " + bytes.length + "\r\n\r\n";
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    whole.writeBytes(bytes);
    socket.getOutputStream().write(whole.toByteArray());
    socket.getOutputStream().flush();
    return true;
  }

  private static int contentLength(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
      int next = in.read();
      if (next < 0 || head.length() > LONGEST_HEAD) {
        throw new EOFException("no whole request");
      }
      head.append((char) next);
    }
    Matcher length = LENGTH.matcher(head.toString().toLowerCase(Locale.ROOT));
    return length.find() ? Integer.parseInt(length.group(1)) : 0;
  }

  private static String body(InputStream in, int length) throws IOException {
    byte[] body = length > LARGEST_BODY ? new byte[0] : in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("no whole request");
    }
    return new String(body, StandardCharsets.UTF_8);
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
