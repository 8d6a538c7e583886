package dev.beckon.bench.sinks;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP vendor at the other end of the wire: reads each request, counts its recipients, waits as
 * long as the path says and answers as the vendor of its path would. HTTP/1.1 with {@code
 * Content-Length} only. Thread-safe.
 */
public final class HttpSink implements AutoCloseable {
  /** How a path begins that asks for a latency: {@code /wait-50/}. */
  private static final String WAIT = "/wait-";

  private static final byte[] LENGTH = Names.bytes("content-length:");
  private static final byte[] ADDRESS = Names.bytes("\"address\"");
  private static final byte[] REFERENCE = Names.bytes("\"reference\"");

  private final ServerSocket server;
  private final Counts counts;
  private final @Nullable Arrivals arrivals;

  private HttpSink(ServerSocket server, Counts counts, @Nullable Arrivals arrivals) {
    this.server = server;
    this.counts = counts;
    this.arrivals = arrivals;
  }

  /** Returns once connections are accepted, on a free port of loopback. */
  static HttpSink start(Counts counts) {
    return start(counts, null);
  }

  /**
   * Returns once connections are accepted, on a free port of loopback.
   *
   * @param arrivals notes every request; null where nobody asks
   */
  public static HttpSink start(Counts counts, @Nullable Arrivals arrivals) {
    HttpSink sink = new HttpSink(Listening.on(InetAddress.getLoopbackAddress()), counts, arrivals);
    Listening.each(sink.server, sink::serve);
    return sink;
  }

  public int port() {
    return server.getLocalPort();
  }

  private void serve(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    Request request = new Request(socket.getInputStream());
    OutputStream out = socket.getOutputStream();
    while (request.next()) {
      String path = request.path();
      byte[] answer = answer(request, path);
      int latency = latency(path);
      if (latency > 0) {
        try {
          Thread.sleep(latency);
        } catch (InterruptedException e) {
          return;
        }
      }
      out.write(answer);
    }
  }

  private static int latency(String path) {
    return path.startsWith(WAIT)
        ? Integer.parseInt(path, WAIT.length(), path.indexOf('/', WAIT.length()), 10)
        : 0;
  }

  private byte[] answer(Request request, String path) {
    counts.requests.increment();
    if (arrivals != null) {
      arrivals.now();
    }
    counts.bytes.add(request.size());
    if (path.contains("/transmissions")) {
      int recipients = request.occurrences(ADDRESS);
      counts.recipients.add(recipients);
      return reply(
          "200 OK",
          "{\"results\":{\"total_rejected_recipients\":0,\"total_accepted_recipients\":%d,\"id\":\"11668787484950529\"}}"
              .formatted(recipients));
    }
    if (path.endsWith("/messages")) {
      counts.recipients.increment();
      return MESSAGE;
    }
    int recipients = request.occurrences(REFERENCE);
    counts.recipients.add(recipients);
    return recipients == 1 ? ONE : reply("200 OK", "{\"accepted\":%d}".formatted(recipients));
  }

  private static final byte[] ONE = reply("200 OK", "{\"accepted\":1}");

  /** As MessageBird documents the answer to a text it took. */
  private static final byte[] MESSAGE =
      reply(
          "201 Created",
          "{\"id\":\"e8077d803532c0b5937c639b60216938\",\"href\":\"https://rest.messagebird.com/messages/e8077d803532c0b5937c639b60216938\",\"direction\":\"mt\",\"type\":\"sms\",\"originator\":\"Acme\",\"body\":\"…\",\"validity\":null,\"gateway\":null,\"typeDetails\":{},\"datacoding\":\"plain\",\"mclass\":1,\"scheduledDatetime\":null,\"createdDatetime\":\"2026-11-03T14:26:57+00:00\",\"recipients\":{\"totalCount\":1,\"totalSentCount\":1,\"totalDeliveredCount\":0,\"totalDeliveryFailedCount\":0,\"items\":[{\"recipient\":31612345678,\"status\":\"sent\",\"statusDatetime\":\"2026-11-03T14:26:57+00:00\"}]}}");

  private static byte[] reply(String status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    byte[] head =
        ("HTTP/1.1 "
                + status
                + "\r\nContent-Type: application/json\r\nContent-Length: "
                + bytes.length
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] whole = Arrays.copyOf(head, head.length + bytes.length);
    System.arraycopy(bytes, 0, whole, head.length, bytes.length);
    return whole;
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The request being read, in a buffer used again for the next of its connection. */
  private static final class Request {
    private final InputStream in;
    private byte[] bytes = new byte[1 << 16];
    private int filled;
    private int head;
    private int body;

    Request(InputStream in) {
      this.in = in;
    }

    /** Reads a whole request; false when the client closed instead. */
    boolean next() throws IOException {
      int rest = filled - head - body;
      System.arraycopy(bytes, head + body, bytes, 0, rest);
      filled = rest;
      head = 0;
      body = 0;
      int from = 0;
      while (head == 0) {
        for (; from + 3 < filled; from++) {
          if (bytes[from] == '\r' && bytes[from + 1] == '\n' && bytes[from + 2] == '\r') {
            head = from + 4;
            break;
          }
        }
        if (head == 0 && !fill()) {
          return false;
        }
      }
      body = contentLength();
      while (filled < head + body) {
        if (!fill()) {
          throw new EOFException("a request was cut off");
        }
      }
      return true;
    }

    private boolean fill() throws IOException {
      if (filled == bytes.length || head + body > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, head + body));
      }
      int read = in.read(bytes, filled, bytes.length - filled);
      filled += Math.max(0, read);
      return read > 0;
    }

    private int contentLength() {
      for (int at = 0; at < head - 2; at++) {
        if (bytes[at] == '\n' && isLength(at + 1)) {
          int digit = at + 1 + LENGTH.length;
          while (bytes[digit] == ' ') {
            digit++;
          }
          int length = 0;
          for (; bytes[digit] != '\r'; digit++) {
            length = length * 10 + bytes[digit] - '0';
          }
          return length;
        }
      }
      return 0;
    }

    private boolean isLength(int at) {
      for (int i = 0; i < LENGTH.length; i++) {
        if (at + i >= head || (bytes[at + i] | 0x20) != (LENGTH[i] | 0x20)) {
          return false;
        }
      }
      return true;
    }

    int size() {
      return head + body;
    }

    String path() {
      int from = 0;
      while (bytes[from] != ' ') {
        from++;
      }
      int to = from + 1;
      while (bytes[to] != ' ' && bytes[to] != '?') {
        to++;
      }
      return new String(bytes, from + 1, to - from - 1, StandardCharsets.US_ASCII)
          .toLowerCase(Locale.ROOT);
    }

    int occurrences(byte[] word) {
      int count = 0;
      int last = head + body - word.length;
      for (int at = head; at <= last; at++) {
        if (bytes[at] == word[0] && Bson.isText(bytes, at, word)) {
          count++;
          at += word.length - 1;
        }
      }
      return count;
    }
  }
}
