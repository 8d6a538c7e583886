package dev.beckon.local.servers;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Stands between workers and a MongoDB and breaks connections at chosen places of the wire
 * protocol. Requests and replies alternate on a connection; servers that stream replies nobody
 * asked for are not supported. Thread-safe.
 *
 * @see <a href="https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/">Wire protocol
 *     </a>
 */
public final class StoreProxy implements AutoCloseable {

  /** Where a connection breaks. */
  public enum Cut {
    /** The server sees nothing of the request. */
    BEFORE_REQUEST,
    /** The server sees half of the request. */
    WITHIN_REQUEST,
    /** The server does what it was asked, and its answer is lost. */
    BEFORE_REPLY
  }

  /** Cuts fall upon these; a lost heartbeat would prove nothing. */
  private static final Set<String> COMMANDS =
      Set.of("insert", "update", "find", "findAndModify", "aggregate", "delete");

  private static final Set<String> WRITES = Set.of("insert", "update", "findAndModify");

  private static final int LARGEST = 48 << 20;

  private final ServerSocket server;
  private final InetSocketAddress store;
  private final Queue<Cut> armed = new ConcurrentLinkedQueue<>();
  private final Map<Cut, LongAdder> done = new EnumMap<>(Cut.class);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean out;

  private StoreProxy(ServerSocket server, InetSocketAddress store) {
    this.server = server;
    this.store = store;
    for (Cut cut : Cut.values()) {
      done.put(cut, new LongAdder());
    }
    threads.execute(this::accept);
  }

  /** Returns once connections are accepted, on a free port of loopback. */
  public static StoreProxy start(int storePort) {
    try {
      ServerSocket server = new ServerSocket();
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
      return new StoreProxy(
          server, new InetSocketAddress(InetAddress.getLoopbackAddress(), storePort));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Like the store's own, with this proxy's port. */
  public String connectionString() {
    return "mongodb://127.0.0.1:" + server.getLocalPort();
  }

  /** Breaks the next request's connection, whoever makes it; a lost reply waits for a write. */
  public void arm(Cut cut) {
    armed.add(cut);
  }

  /** Cuts made so far. */
  public long done(Cut cut) {
    LongAdder count = done.get(cut);
    return count == null ? 0 : count.sum();
  }

  /** Breaks all connections, and refuses new ones until it {@link #comesBack}. */
  public void goesOut() {
    out = true;
    open.forEach(StoreProxy::reset);
  }

  /** Ends an outage, and forgets cuts that found no request. */
  public void comesBack() {
    out = false;
    armed.clear();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        threads.execute(() -> serve(socket));
      } catch (IOException | RejectedExecutionException e) {
        // closed, or a client gone before it was served
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket upstream = new Socket()) {
      if (out) {
        reset(client);
        return;
      }
      upstream.connect(store);
      client.setTcpNoDelay(true);
      upstream.setTcpNoDelay(true);
      DataInputStream requests = new DataInputStream(client.getInputStream());
      DataInputStream replies = new DataInputStream(upstream.getInputStream());
      while (!out) {
        byte[] request = message(requests);
        Cut cut = cut(command(request));
        if (cut != null) {
          breakOff(cut, request, upstream, replies);
          reset(client);
          return;
        }
        write(upstream.getOutputStream(), request, request.length);
        byte[] reply = message(replies);
        if (out) {
          break;
        }
        write(client.getOutputStream(), reply, reply.length);
      }
      reset(client);
    } catch (IOException e) {
      // one side is gone, and the other learns of it
    } finally {
      open.remove(client);
    }
  }

  private @Nullable Cut cut(String command) {
    if (!COMMANDS.contains(command)) {
      return null;
    }
    Cut next = armed.peek();
    if (next == null || (next == Cut.BEFORE_REPLY && !WRITES.contains(command))) {
      return null;
    }
    return armed.remove(next) ? next : null;
  }

  private void breakOff(Cut cut, byte[] request, Socket upstream, DataInputStream replies)
      throws IOException {
    switch (cut) {
      case BEFORE_REQUEST -> {}
      case WITHIN_REQUEST -> write(upstream.getOutputStream(), request, request.length / 2);
      case BEFORE_REPLY -> {
        write(upstream.getOutputStream(), request, request.length);
        message(replies);
      }
    }
    LongAdder count = done.get(cut);
    if (count != null) {
      count.increment();
    }
  }

  private static void write(OutputStream out, byte[] bytes, int length) throws IOException {
    out.write(bytes, 0, length);
    out.flush();
  }

  /** One message with its header: its length comes first, little-endian. */
  private static byte[] message(DataInputStream in) throws IOException {
    byte[] length = new byte[4];
    in.readFully(length);
    int bytes = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (bytes < 16 || bytes > LARGEST) {
      throw new EOFException("not a message: " + bytes + " bytes");
    }
    byte[] message = new byte[bytes];
    System.arraycopy(length, 0, message, 0, 4);
    in.readFully(message, 4, bytes - 4);
    return message;
  }

  /** The name of the first element of an OP_MSG body is the command's; empty for anything else. */
  private static String command(byte[] message) {
    int name = 16 + 4 + 1 + 4 + 1;
    int opcode = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
    if (opcode != 2013 || message.length <= name || message[20] != 0) {
      return "";
    }
    int end = name;
    while (end < message.length && message[end] != 0) {
      end++;
    }
    return new String(message, name, end - name, StandardCharsets.US_ASCII);
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (SocketException e) {
      // closed already
    }
    try {
      socket.close();
    } catch (IOException e) {
      // gone either way
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      open.forEach(StoreProxy::reset);
      threads.shutdownNow();
    }
  }
}
