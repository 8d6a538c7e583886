package dev.beckon.bench.sinks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;

/**
 * A mail server that takes everything, pipelines and counts. Answers are written when nothing more
 * has arrived, as RFC 2920 asks of a server. Thread-safe.
 */
public final class MailSink implements AutoCloseable {
  private static final byte[] GREETING = Names.bytes("220 sink ESMTP\r\n");
  private static final byte[] OFFERS =
      Names.bytes("250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE\r\n");
  private static final byte[] OK = Names.bytes("250 2.0.0 ok\r\n");
  private static final byte[] GO_AHEAD = Names.bytes("354 go ahead\r\n");
  private static final byte[] BYE = Names.bytes("221 2.0.0 bye\r\n");

  private final ServerSocket server;
  private final Duration latency;
  private final Counts counts;

  private MailSink(ServerSocket server, Duration latency, Counts counts) {
    this.server = server;
    this.latency = latency;
    this.counts = counts;
  }

  /**
   * Returns once connections are accepted, on a free port of loopback.
   *
   * @param latency of every exchange
   */
  public static MailSink start(Duration latency, Counts counts) {
    MailSink sink = new MailSink(Listening.on(InetAddress.getLoopbackAddress()), latency, counts);
    Listening.each(sink.server, sink::serve);
    return sink;
  }

  public int port() {
    return server.getLocalPort();
  }

  private void serve(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    try {
      new Session(socket.getInputStream(), socket.getOutputStream()).run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Session {
    private final InputStream in;
    private final OutputStream out;
    private final ByteArrayOutputStream answers = new ByteArrayOutputStream();
    private final byte[] bytes = new byte[1 << 16];
    private int at;
    private int filled;

    Session(InputStream in, OutputStream out) {
      this.in = in;
      this.out = out;
    }

    void run() throws IOException, InterruptedException {
      out.write(GREETING);
      StringBuilder line = new StringBuilder();
      while (readLine(line)) {
        String verb = line.substring(0, Math.min(4, line.length())).toUpperCase(Locale.ROOT);
        switch (verb) {
          case "EHLO", "HELO" -> answers.write(OFFERS);
          case "DATA" -> {
            answers.write(GO_AHEAD);
            if (!skipMail()) {
              return;
            }
            counts.mails.increment();
            answers.write(OK);
          }
          case "QUIT" -> {
            answers.write(BYE);
            flush();
            return;
          }
          default -> answers.write(OK);
        }
      }
    }

    private boolean readLine(StringBuilder line) throws IOException, InterruptedException {
      line.setLength(0);
      while (true) {
        if (at == filled && !fill()) {
          return false;
        }
        byte next = bytes[at++];
        if (next == '\n') {
          return true;
        }
        if (next != '\r') {
          line.append((char) next);
        }
      }
    }

    /** Reads up to the line that holds a full stop alone. */
    private boolean skipMail() throws IOException, InterruptedException {
      int state = 2; // how much of CR LF . CR LF was seen; a mail begins on a new line
      while (state < 5) {
        if (at == filled && !fill()) {
          return false;
        }
        byte next = bytes[at++];
        state =
            switch (next) {
              case '\r' -> state == 3 ? 4 : 1;
              case '\n' -> state == 1 ? 2 : state == 4 ? 5 : 0;
              case '.' -> state == 2 ? 3 : 0;
              default -> 0;
            };
      }
      return true;
    }

    private boolean fill() throws IOException, InterruptedException {
      flush();
      int read = in.read(bytes);
      if (read <= 0) {
        return false;
      }
      counts.bytes.add(read);
      filled = read;
      at = 0;
      return true;
    }

    private void flush() throws IOException, InterruptedException {
      if (answers.size() == 0) {
        return;
      }
      if (!latency.isZero()) {
        Thread.sleep(latency);
      }
      answers.writeTo(out);
      answers.reset();
    }
  }
}
