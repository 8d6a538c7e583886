package dev.beckon.bed;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** Passes TCP connections on to a local port and cuts each after so many bytes of answer. */
public final class CuttingProxy implements AutoCloseable {
  private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int target;
  private final LongSupplier allowed;
  private final AtomicInteger connections = new AtomicInteger();

  /**
   * Starts listening.
   *
   * @param allowed asked once a connection: how many bytes of answer pass before the cut
   */
  public CuttingProxy(int target, LongSupplier allowed) throws IOException {
    this.target = target;
    this.allowed = allowed;
    Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return door.getLocalPort();
  }

  public int connections() {
    return connections.get();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        connections.incrementAndGet();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        long most = allowed.getAsLong();
        Thread.ofVirtual().start(() -> pump(client, server, Long.MAX_VALUE));
        Thread.ofVirtual().start(() -> pump(server, client, most));
      } catch (IOException e) {
        return; // the door is closed
      }
    }
  }

  private static void pump(Socket from, Socket to, long most) {
    byte[] buffer = new byte[8192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      long left = most;
      int n;
      while (left > 0 && (n = in.read(buffer, 0, (int) Math.min(left, buffer.length))) > 0) {
        out.write(buffer, 0, n);
        left -= n;
      }
    } catch (IOException e) {
      // the other direction has closed both
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
