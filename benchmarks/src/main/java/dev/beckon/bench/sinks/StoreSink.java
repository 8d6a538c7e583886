package dev.beckon.bench.sinks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A store at the other end of the wire that costs next to nothing: it acknowledges writes of
 * invitations and contacts without keeping them and answers reads of them from prepared bytes.
 * Everything else (accounts, parcels, imports, the handshake) is passed on to a real server, so
 * that the core runs unchanged. Thread-safe.
 */
public final class StoreSink implements AutoCloseable {
  private final ServerSocket server;
  private final InetSocketAddress store;
  private final Counts counts;
  private final Planted planted = new Planted();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private StoreSink(ServerSocket server, InetSocketAddress store, Counts counts) {
    this.server = server;
    this.store = store;
    this.counts = counts;
  }

  /**
   * Returns once connections are accepted, on a free port of loopback.
   *
   * @param storePort of the server on loopback that everything else is passed on to
   */
  public static StoreSink start(int storePort, Counts counts) {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    ServerSocket server = Listening.on(loopback);
    StoreSink sink = new StoreSink(server, new InetSocketAddress(loopback, storePort), counts);
    Listening.each(server, sink::serve);
    return sink;
  }

  /** Has no database name. */
  public String connectionString() {
    return "mongodb://127.0.0.1:" + server.getLocalPort();
  }

  private void serve(Socket client) throws IOException {
    open.add(client);
    try (Upstream upstream = new Upstream(store)) {
      client.setTcpNoDelay(true);
      Wire.Incoming incoming =
          new Wire.Incoming(new BufferedInputStream(client.getInputStream(), 1 << 16));
      StoreAnswers answers = new StoreAnswers(planted, counts);
      OutputStream out = client.getOutputStream();
      for (int length = incoming.next(); length > 0; length = incoming.next()) {
        counts.commands.increment();
        int reply = answers.answer(incoming.bytes(), length);
        if (reply > 0) {
          out.write(answers.bytes(), 0, reply);
        } else {
          counts.forwarded.increment();
          upstream.ask(incoming.bytes(), length, out);
        }
      }
    } finally {
      open.remove(client);
    }
  }

  /** The real server, as one client's connection sees it; opened when it is needed. */
  private static final class Upstream implements AutoCloseable {
    private final InetSocketAddress store;
    private @Nullable Socket socket;
    private Wire.@Nullable Incoming replies;

    Upstream(InetSocketAddress store) {
      this.store = store;
    }

    void ask(byte[] message, int length, OutputStream out) throws IOException {
      Socket to = socket;
      Wire.Incoming from = replies;
      if (to == null || from == null) {
        to = new Socket();
        to.connect(store);
        to.setTcpNoDelay(true);
        from = new Wire.Incoming(new BufferedInputStream(to.getInputStream(), 1 << 16));
        socket = to;
        replies = from;
      }
      to.getOutputStream().write(message, 0, length);
      int reply = from.next();
      if (reply < 0) {
        throw new IOException("the store behind the sink closed a connection");
      }
      out.write(from.bytes(), 0, reply);
    }

    @Override
    public void close() throws IOException {
      if (socket != null) {
        socket.close();
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
    }
  }
}
