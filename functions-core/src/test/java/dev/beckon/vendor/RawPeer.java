package dev.beckon.vendor;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server whose every byte and every silence a test decides. Thread-safe. */
final class RawPeer implements AutoCloseable {

  /** What is done with one connection, which is closed afterwards. */
  @FunctionalInterface
  interface Conversation {
    void hold(Wire wire) throws IOException, InterruptedException;
  }

  /** One connection; requests read from it are kept as text. */
  final class Wire {
    final Socket socket;
    final int number;
    private final InputStream in;

    Wire(Socket socket, int number) throws IOException {
      this.socket = socket;
      this.number = number;
      this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** The next request's body, or null when the client closed. */
    String request() throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = in.read();
        if (next < 0) {
          return null;
        }
        head.append((char) next);
      }
      heads.add(head.toString());
      String text = head.toString().toLowerCase(Locale.ROOT);
      int from = text.indexOf("content-length: ") + 16;
      int length = Integer.parseInt(text.substring(from, text.indexOf('\r', from)));
      String body = new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
      bodies.add(body);
      return body;
    }

    void say(String raw) throws IOException {
      socket.getOutputStream().write(raw.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
    }

    void answer(String body) throws IOException {
      say("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }
  }

  final List<String> heads = new CopyOnWriteArrayList<>();
  final List<String> bodies = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ServerSocket server;
  private final Conversation conversation;

  RawPeer(Conversation conversation) {
    this(listening(InetAddress.getLoopbackAddress()), conversation);
  }

  RawPeer(ServerSocket server, Conversation conversation) {
    this.server = server;
    this.conversation = conversation;
    Thread.ofVirtual().start(this::listen);
  }

  static ServerSocket listening(InetAddress address) {
    try {
      return new ServerSocket(0, 200, address);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  URI uri(String scheme) {
    return URI.create(scheme + "://localhost:" + port() + "/send");
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
    }
  }

  private void listen() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        int number = connections.incrementAndGet();
        // TLS and blocked writes hold no carrier of the code under test
        Thread.ofPlatform().daemon().start(() -> serve(socket, number));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket, int number) {
    try (socket) {
      conversation.hold(new Wire(socket, number));
    } catch (IOException | InterruptedException e) {
      // the client went away, or the test is over
    }
  }
}
