package dev.beckon.local.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A command's connection to the local servers, open as long as the command lives: however it ends,
 * the operating system closes it, and the servers know that they are not needed any more.
 */
public final class Presence implements AutoCloseable {
  static final byte[] GREETING = "beckon-simulation\n".getBytes(StandardCharsets.US_ASCII);
  static final int STOP = 'S';

  private static final int PATIENCE_MILLIS = 2_000;

  private final Socket socket;

  private Presence(Socket socket) {
    this.socket = socket;
  }

  /** Announces this process; empty where no servers of ours answer on this port of loopback. */
  static Optional<Presence> at(int port) {
    Socket socket = new Socket();
    try {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      if (Arrays.equals(socket.getInputStream().readNBytes(GREETING.length), GREETING)) {
        return Optional.of(new Presence(socket));
      }
    } catch (IOException nobodyThere) {
      // nothing of ours, or not any more
    }
    close(socket);
    return Optional.empty();
  }

  /** Tells the servers to end, and waits until they do. */
  void stop(int patienceMillis) {
    try {
      socket.setSoTimeout(patienceMillis);
      socket.getOutputStream().write(STOP);
      socket.getOutputStream().flush();
      InputStream end = socket.getInputStream();
      if (end.read() >= 0) {
        throw new IllegalStateException("the local servers gave an answer nobody expected");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the local servers did not end", e);
    }
  }

  @Override
  public void close() {
    close(socket);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
