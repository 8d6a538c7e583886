package dev.beckon.vendor;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A vendor that speaks HTTP/1.1 on loopback, over raw sockets so that it can hang, hang up and
 * garble. What it says on success is up to the {@link Script}.
 */
public final class HttpPeer implements VendorPeer {

  /** One request; header names in lower case. */
  public record Request(String method, String path, Map<String, String> headers, String body) {}

  /** What a vendor's test supplies: how to read its request and what it answers. */
  public interface Script {
    /** The messages in a request; {@code number} is for {@link Received#request()}. */
    List<Received> read(Request request, int number);

    /**
     * The answer to those messages: status and body of a success, or of the refusal of the
     * recipients named.
     */
    Answer answer(List<Received> messages, Set<String> refused);
  }

  /** A status with its body and, if not empty, a {@code Retry-After}. */
  public record Answer(int status, String body, String retryAfter) {
    public Answer(int status, String body) {
      this(status, body, "");
    }
  }

  private final ServerSocket server;
  private final Script script;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final List<Received> accepted = new CopyOnWriteArrayList<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final Thread listener;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Mood mood = Mood.ACCEPT;
  private volatile int status;

  public HttpPeer(Script script) {
    this.script = script;
    try {
      server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    listener = Thread.ofVirtual().start(this::listen);
  }

  /** Every request so far, whatever the mood; for golden files. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  @Override
  public int port() {
    return server.getLocalPort();
  }

  @Override
  public void mood(Mood next) {
    status = 0;
    mood = next;
  }

  @Override
  public void status(int next) {
    status = next;
  }

  @Override
  public void refuse(String address) {
    refused.add(address);
  }

  @Override
  public List<Received> accepted() {
    return List.copyOf(accepted);
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      server.close();
      listener.join(); // until then a connection may still be taken
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void listen() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (Request request = read(in); request != null; request = read(in)) {
        requests.add(request);
        if (!reply(socket, request)) {
          return;
        }
      }
    } catch (IOException | InterruptedException e) {
      // the vendor under test went away, or the test is over
    } finally {
      open.remove(socket);
    }
  }

  private boolean reply(Socket socket, Request request) throws IOException, InterruptedException {
    if (status != 0) {
      write(socket, new Answer(status, "{\"error\":\"status asked for\"}"));
      return true;
    }
    String credentials = request.headers().getOrDefault("authorization", "");
    switch (mood) {
      case ACCEPT -> {
        List<Received> messages = script.read(request, numbers.incrementAndGet());
        for (Received message : messages) {
          if (!refused.contains(message.to())) {
            accepted.add(message);
          }
        }
        write(socket, script.answer(messages, Set.copyOf(refused)));
      }
      case THROTTLE -> write(socket, new Answer(429, "{\"error\":\"slow down\"}", "7"));
      case UNAVAILABLE -> write(socket, new Answer(503, "{\"error\":\"out of order\"}"));
      case WRONG_CREDENTIALS ->
          write(socket, new Answer(401, "{\"error\":\"bad key " + credentials + "\"}"));
      case GARBLE -> write(socket, new Answer(200, "<html>it works"));
      case HANG -> closed.await();
      case HANG_UP -> {
        return false;
      }
    }
    return true;
  }

  private static void write(Socket socket, Answer answer) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 %d Said\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n"
            .formatted(
                answer.status(),
                body.length,
                answer.retryAfter().isEmpty()
                    ? ""
                    : "Retry-After: " + answer.retryAfter() + "\r\n");
    socket.getOutputStream().write((head + answer.body()).getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  private static Request read(InputStream in) throws IOException {
    String start = line(in);
    if (start.isEmpty()) {
      return null;
    }
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        throw new IOException("not HTTP");
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    String[] words = start.split(" ");
    return new Request(words[0], words[1], headers, body);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }
}
