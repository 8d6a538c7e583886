package dev.beckon.bench.api;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;

/**
 * A connection that is kept alive. It reads no more of an answer than its status and length, for
 * what a client costs would be taken from the server on the same cores. Used by one thread.
 */
final class Connection implements AutoCloseable {
  private static final String LENGTH = "content-length:";
  private static final int STATUS_AT = "HTTP/1.1 ".length();

  private final Socket socket;
  private byte[] buffer = new byte[16 * 1024];

  Connection(int port) throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
  }

  /** Sends a request, reads all of its answer and returns the answer's status. */
  int ask(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    InputStream in = socket.getInputStream();
    int filled = 0;
    int body = -1;
    int end = Integer.MAX_VALUE;
    while (filled < end) {
      if (filled == buffer.length) {
        buffer = Arrays.copyOf(buffer, 2 * buffer.length);
      }
      int read = in.read(buffer, filled, buffer.length - filled);
      if (read < 0) {
        throw new IOException("the door closed a connection");
      }
      filled += read;
      if (body < 0) {
        body = body(filled);
        end = body < 0 ? Integer.MAX_VALUE : body + length(body);
      }
    }
    return number(STATUS_AT);
  }

  /** Where the body begins; below 0 while the head is not over. */
  private int body(int filled) {
    for (int at = 3; at < filled; at++) {
      if (buffer[at] == '\n' && buffer[at - 2] == '\n') {
        return at + 1;
      }
    }
    return -1;
  }

  private int length(int body) {
    for (int line = 0; line + LENGTH.length() < body; line++) {
      if (buffer[line] == '\n' && isLength(line + 1)) {
        return number(line + 1 + LENGTH.length());
      }
    }
    return 0;
  }

  private boolean isLength(int at) {
    for (int i = 0; i < LENGTH.length(); i++) {
      if (Character.toLowerCase(buffer[at + i]) != LENGTH.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int number(int from) {
    int at = from;
    while (buffer[at] == ' ') {
      at++;
    }
    int number = 0;
    for (; buffer[at] >= '0' && buffer[at] <= '9'; at++) {
      number = number * 10 + buffer[at] - '0';
    }
    return number;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
