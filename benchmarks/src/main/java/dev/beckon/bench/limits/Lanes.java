package dev.beckon.bench.limits;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Connections that each do the same as often as they can until all is done together. */
final class Lanes implements AutoCloseable {

  /** One connection's part of the work. */
  interface Work {
    void run(Socket socket, int share) throws IOException;
  }

  private final List<Socket> sockets = new ArrayList<>();

  Lanes(int port, int connections) {
    try {
      for (int i = 0; i < connections; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        sockets.add(socket);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  List<Socket> sockets() {
    return sockets;
  }

  /** Returns how much was done: every connection does the same share. */
  long share(int total, Work work) throws InterruptedException, IOException {
    int share = Math.max(1, total / sockets.size());
    AtomicReference<@Nullable IOException> failed = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    for (Socket socket : sockets) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  work.run(socket, share);
                } catch (IOException e) {
                  failed.set(e);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    IOException failure = failed.get();
    if (failure != null) {
      throw failure;
    }
    return (long) share * sockets.size();
  }

  /** Reads one HTTP answer whose length its head says; the buffer must hold all of it. */
  static void answer(InputStream in, byte[] buffer) throws IOException {
    int filled = 0;
    int end = Integer.MAX_VALUE;
    while (filled < end) {
      int read = in.read(buffer, filled, buffer.length - filled);
      if (read <= 0) {
        throw new IOException("the sink closed a connection");
      }
      filled += read;
      if (end == Integer.MAX_VALUE) {
        end = end(buffer, filled);
      }
    }
  }

  private static int end(byte[] bytes, int filled) {
    int length = 0;
    for (int at = 0; at + 3 < filled; at++) {
      if (bytes[at] == '\r' && bytes[at + 2] == '\r') {
        return at + 4 + length;
      }
      if (bytes[at] == '\n' && bytes[at + 1] == 'C' && bytes[at + 9] == 'L') {
        length = 0;
        for (int digit = at + 17; bytes[digit] != '\r'; digit++) {
          length = length * 10 + bytes[digit] - '0';
        }
      }
    }
    return Integer.MAX_VALUE;
  }

  @Override
  public void close() {
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        // gone either way
      }
    }
  }
}
