package dev.beckon.bench.sinks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Accepts connections and serves each on a virtual thread of its own. */
final class Listening {
  private static final int BACKLOG = 1_024;

  /** Serves one connection to its end; it is closed afterwards. */
  interface Service {
    void serve(Socket socket) throws IOException;
  }

  private Listening() {}

  static ServerSocket on(InetAddress address) {
    try {
      ServerSocket server = new ServerSocket();
      server.bind(new InetSocketAddress(address, 0), BACKLOG);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void each(ServerSocket server, Service service) {
    Thread.ofVirtual()
        .name("accept-" + server.getLocalPort())
        .start(() -> {
          while (!server.isClosed()) {
            try {
              Socket socket = server.accept();
              Thread.ofVirtual().start(() -> served(socket, service));
            } catch (IOException e) {
              // closed, or a client gone before it was served
            }
          }
        });
  }

  private static void served(Socket socket, Service service) {
    try (socket) {
      service.serve(socket);
    } catch (IOException e) {
      // the client is gone, and nobody else needs to know
    }
  }
}
