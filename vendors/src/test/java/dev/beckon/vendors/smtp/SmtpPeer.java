package dev.beckon.vendors.smtp;

import dev.beckon.vendor.VendorPeer;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A scripted SMTP server on loopback: what it answers to each verb can be replaced, once or more.
 */
final class SmtpPeer implements VendorPeer {
  /** As an answer: close without a word, or never say one. */
  static final String HANG_UP = "(hang up)";

  static final String HANG = "(hang)";

  private final ServerSocket server;
  private final Thread listener;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final Map<String, Deque<String>> script = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();
  final List<String> commands = new CopyOnWriteArrayList<>();
  final List<byte[]> mails = new CopyOnWriteArrayList<>();
  final List<String> recipients = new CopyOnWriteArrayList<>();
  final AtomicInteger connections = new AtomicInteger();

  /** Mails whose successor's MAIL command was there before we answered their end. */
  final AtomicInteger pipelined = new AtomicInteger();

  private volatile Mood mood = Mood.ACCEPT;
  volatile String ehlo =
      "250-peer\r\n250-PIPELINING\r\n250-SIZE 1000000\r\n250-AUTH LOGIN PLAIN\r\n250 8BITMIME";
  volatile SSLContext tls;
  volatile boolean keepMails = true;

  SmtpPeer() {
    try {
      server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    listener = Thread.ofVirtual().start(this::listen);
  }

  /** The next answers to a verb (GREETING, EHLO, MAIL, RCPT, DATA, END …), one each. */
  void answer(String verb, String... answers) {
    script.computeIfAbsent(verb, v -> new ConcurrentLinkedDeque<>()).addAll(List.of(answers));
  }

  /** Closes every connection but goes on listening, as an idle time-out would. */
  void dropConnections() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
  }

  @Override
  public int port() {
    return server.getLocalPort();
  }

  @Override
  public void mood(Mood next) {
    mood = next;
  }

  @Override
  public void refuse(String address) {
    refused.add(address);
  }

  @Override
  public List<Received> accepted() {
    List<Received> received = new ArrayList<>();
    for (int i = 0; i < mails.size(); i++) {
      received.add(parse(mails.get(i), recipients.get(i), i));
    }
    return received;
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      server.close();
      listener.join(); // until then a connection may still be taken
      dropConnections();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static jakarta.mail.internet.MimeMessage mime(byte[] mail) throws MessagingException {
    return new jakarta.mail.internet.MimeMessage(
        Session.getInstance(new Properties()), new ByteArrayInputStream(mail));
  }

  private static Received parse(byte[] mail, String to, int number) {
    try {
      jakarta.mail.internet.MimeMessage message = mime(mail);
      String id = message.getMessageID();
      Object content = message.getContent();
      String text =
          content instanceof Multipart parts
              ? parts.getBodyPart(0).getContent().toString()
              : content.toString();
      return new Received(id.substring(1, id.indexOf('@')), to, text, number);
    } catch (MessagingException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void listen() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        open.add(socket);
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket, true));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket, boolean greet) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
      boolean going = !greet || say(socket, "GREETING", "220 peer");
      String recipient = "";
      boolean valid = false;
      while (going) {
        String line = line(in);
        if (line == null) {
          return;
        }
        if (keepMails) {
          commands.add(line);
        }
        String verb = line.split("[ :]")[0].toUpperCase(Locale.ROOT);
        switch (verb) {
          case "EHLO" -> going = say(socket, verb, ehlo);
          case "AUTH" ->
              going =
                  say(
                      socket,
                      verb,
                      mood == Mood.WRONG_CREDENTIALS ? "535 5.7.8 bad: " + line : "235 welcome");
          case "MAIL" -> {
            String normal =
                switch (mood) {
                  case THROTTLE -> "450 4.7.1 slow down";
                  case UNAVAILABLE -> "451 4.3.0 out of order";
                  default -> "250 sender fine";
                };
            String said = next(verb, normal);
            valid = said.startsWith("250");
            going = write(socket, said);
          }
          case "RCPT" -> {
            recipient = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
            String normal =
                !valid
                    ? "503 5.5.1 MAIL first"
                    : refused.contains(recipient)
                        ? "550 5.1.1 <" + recipient + "> unknown"
                        : "250 ok";
            String said = next(verb, normal);
            valid = said.startsWith("250");
            going = write(socket, said);
          }
          case "DATA" -> {
            String said = next(verb, valid ? "354 go on" : "503 5.5.1 RCPT first");
            going = write(socket, said);
            if (going && said.startsWith("354")) {
              byte[] mail = mail(in);
              if (mail == null) {
                return;
              }
              if (in.available() > 0) {
                pipelined.incrementAndGet();
              }
              going = end(socket, mail, recipient, valid);
            }
          }
          case "STARTTLS" -> {
            if (tls == null) {
              going = say(socket, verb, "454 no");
              break;
            }
            write(socket, "220 go");
            SSLSocket secured =
                (SSLSocket) tls.getSocketFactory().createSocket(socket, null, port(), true);
            secured.setUseClientMode(false);
            serve(secured, false);
            return;
          }
          case "QUIT" -> {
            write(socket, "221 bye");
            going = false;
          }
          case "RSET" -> going = say(socket, verb, "250 reset");
          default -> going = say(socket, verb, "502 what?");
        }
      }
    } catch (IOException | InterruptedException e) {
      // the client went away, or the test is over
    } finally {
      open.remove(socket);
    }
  }

  private boolean end(Socket socket, byte[] mail, String recipient, boolean valid)
      throws IOException, InterruptedException {
    String normal =
        switch (mood) {
          case GARBLE -> "<html>it works";
          case HANG -> HANG;
          case HANG_UP -> HANG_UP;
          default ->
              valid
                  ? "250 2.0.0 Ok: queued as Q" + (100000 + numbers.incrementAndGet())
                  : "554 5.5.1 nobody";
        };
    String said = next("END", normal);
    if (said.startsWith("250") && keepMails) {
      recipients.add(recipient);
      mails.add(mail);
    }
    return write(socket, said);
  }

  private String next(String verb, String normal) {
    Deque<String> answers = script.get(verb);
    String scripted = answers == null ? null : answers.poll();
    return scripted == null ? normal : scripted;
  }

  private boolean say(Socket socket, String verb, String normal)
      throws IOException, InterruptedException {
    return write(socket, next(verb, normal));
  }

  private boolean write(Socket socket, String said) throws IOException, InterruptedException {
    if (said.equals(HANG_UP)) {
      return false;
    }
    if (said.equals(HANG)) {
      closed.await();
      return false;
    }
    socket.getOutputStream().write((said + "\r\n").getBytes(StandardCharsets.UTF_8));
    return !said.startsWith("421");
  }

  private static byte[] mail(InputStream in) throws IOException {
    ByteArrayOutputStream mail = new ByteArrayOutputStream(4096);
    for (byte[] line = bytes(in); line != null; line = bytes(in)) {
      if (line.length == 1 && line[0] == '.') {
        return mail.toByteArray();
      }
      int from = line.length > 0 && line[0] == '.' ? 1 : 0;
      mail.write(line, from, line.length - from);
      mail.write('\r');
      mail.write('\n');
    }
    return null;
  }

  private static String line(InputStream in) throws IOException {
    byte[] line = bytes(in);
    return line == null ? null : new String(line, StandardCharsets.UTF_8);
  }

  /** A line without its CRLF; a bare line feed or carriage return is the client's fault. */
  private static byte[] bytes(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\r') {
        if (in.read() != '\n') {
          throw new IOException("bare carriage return");
        }
        if (line.size() > 998) {
          throw new IOException("line too long");
        }
        return line.toByteArray();
      }
      if (next == '\n') {
        throw new IOException("bare line feed");
      }
      line.write(next);
    }
    return null;
  }
}
