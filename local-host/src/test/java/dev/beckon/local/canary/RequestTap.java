package dev.beckon.local.canary;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Passes bytes to a server and keeps what clients said, by connection. Thread-safe. */
final class RequestTap implements AutoCloseable {
  private final ServerSocket entry;
  private final URI server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Map<String, ByteArrayOutputStream> heard = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  RequestTap(URI server) throws IOException {
    this.server = server;
    this.entry = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + entry.getLocalPort());
  }

  /** What each connection said. */
  Map<String, ByteArrayOutputStream> heard() {
    return heard;
  }

  private void accept() {
    while (!entry.isClosed()) {
      try {
        Socket client = entry.accept();
        Socket behind = new Socket(server.getHost(), server.getPort());
        open.add(client);
        open.add(behind);
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        heard.put("connection " + heard.size(), kept);
        threads.execute(() -> pass(client, behind, kept));
        threads.execute(() -> pass(behind, client, OutputStream.nullOutputStream()));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void pass(Socket from, Socket to, OutputStream kept) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      byte[] buffer = new byte[16 << 10];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        kept.write(buffer, 0, read);
        to.getOutputStream().write(buffer, 0, read);
      }
    } catch (IOException e) {
      // one of the two is gone
    }
  }

  @Override
  public void close() {
    try {
      entry.close();
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
