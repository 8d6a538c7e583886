package dev.beckon.azure.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes connections and never says a word, as a service does behind a firewall. */
final class SilentServer implements AutoCloseable {
  private final ServerSocket door;
  private final List<Socket> taken = new CopyOnWriteArrayList<>();

  SilentServer() {
    try {
      door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual()
        .start(() -> {
          while (!door.isClosed()) {
            try {
              taken.add(door.accept());
            } catch (IOException e) {
              return; // closed
            }
          }
        });
  }

  URI address(String path) {
    return URI.create("http://127.0.0.1:" + door.getLocalPort() + path);
  }

  int connections() {
    return taken.size();
  }

  @Override
  public void close() {
    try {
      door.close();
      for (Socket socket : taken) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
