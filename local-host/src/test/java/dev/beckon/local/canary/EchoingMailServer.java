package dev.beckon.local.canary;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A mail server that repeats whatever it refuses, passwords too. Thread-safe. */
final class EchoingMailServer implements AutoCloseable {
  private final ServerSocket server;
  private final String words;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Set<String> cameOnce = ConcurrentHashMap.newKeySet();
  private final Queue<String> received = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean letsIn;

  /**
   * @param words added to each refusal, as if the server knew the person
   */
  EchoingMailServer(String words) throws IOException {
    this.words = words;
    this.server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  Map<String, String> placeholders() {
    return Map.of("SMTP_HOST", "127.0.0.1", "SMTP_PORT", "" + server.getLocalPort());
  }

  /** From now on the password is right. */
  void letIn() {
    letsIn = true;
  }

  /** Everything that came, log-ins and mails. */
  String received() {
    return String.join("\n", received);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        threads.execute(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      OutputStream out = socket.getOutputStream();
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      say(out, "220 echo ready");
      boolean taken = false;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        received.add(line);
        switch (line.substring(0, Math.min(4, line.length()))) {
          case "EHLO" -> say(out, "250-echo\r\n250-AUTH PLAIN\r\n250-8BITMIME\r\n250 SMTPUTF8");
          case "AUTH" -> say(out, login(line));
          case "RCPT" -> {
            String answer = judge(line);
            taken = answer.startsWith("250");
            say(out, answer);
          }
          case "DATA" -> say(out, taken ? data(in, out) : "554 5.5.1 nobody to send to");
          default -> say(out, "250 2.0.0 as you say");
        }
      }
    } catch (IOException e) {
      // the client is gone
    } finally {
      open.remove(socket);
    }
  }

  private String login(String line) {
    String given = line.substring(line.lastIndexOf(' ') + 1);
    String clear = new String(Base64.getDecoder().decode(given), StandardCharsets.UTF_8);
    return letsIn
        ? "235 2.7.0 welcome"
        : "535 5.7.8 " + given + " is wrong: " + clear.replace('\0', ' ');
  }

  private String judge(String line) {
    String to = line.substring(line.indexOf('<'), line.indexOf('>') + 1);
    if (to.contains(".refused@")) {
      return "550 5.1.1 " + to + " is no mailbox of " + words;
    }
    if (to.contains(".later@") && cameOnce.add(to)) {
      return "451 4.7.1 " + to + " (" + words + ") is greylisted";
    }
    return "250 2.1.5 " + to;
  }

  private String data(BufferedReader in, OutputStream out) throws IOException {
    say(out, "354 go on");
    for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
      received.add(line);
    }
    return "250 2.0.0 queued for " + words;
  }

  private static void say(OutputStream out, String answer) throws IOException {
    out.write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
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
