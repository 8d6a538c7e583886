package dev.beckon.local.simulation;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Who uses the local servers: one connection a command. Thread-safe. */
final class Attendance implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  private final ServerSocket server;
  private final Set<Socket> present = ConcurrentHashMap.newKeySet();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile long lastSeen = System.nanoTime();

  private Attendance(ServerSocket server) {
    this.server = server;
  }

  /** On a free port of loopback. */
  static Attendance start() throws IOException {
    Attendance attendance =
        new Attendance(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().name("attendance").start(attendance::accept);
    return attendance;
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        present.add(socket);
        Thread.ofVirtual().start(() -> attend(socket));
      } catch (IOException closed) {
        // looked at above
      }
    }
  }

  private void attend(Socket socket) {
    try {
      socket.getOutputStream().write(Presence.GREETING);
      socket.getOutputStream().flush();
      int said = socket.getInputStream().read();
      if (said == Presence.STOP) {
        stopped.countDown();
        return; // the connection ends with this process: that is the answer
      }
      socket.close();
    } catch (IOException gone) {
      // it has left
    }
    lastSeen = System.nanoTime();
    present.remove(socket);
  }

  /** Waits until nobody was there for so long, or somebody stops the servers. */
  void untilIdle(Duration idle) throws InterruptedException {
    while (!stopped.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
      if (!present.isEmpty()) {
        lastSeen = System.nanoTime();
      } else if (System.nanoTime() - lastSeen >= idle.toNanos()) {
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : present) {
      socket.close();
    }
  }
}
