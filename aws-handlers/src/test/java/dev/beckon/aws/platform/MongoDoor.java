package dev.beckon.aws.platform;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/**
 * As much of a MongoDB server as a client meets before its first command: the handshake, and a
 * login by conversation (saslStart, saslContinue). Whoever has not logged in may do nothing.
 */
final class MongoDoor implements AutoCloseable {
  private static final int OP_REPLY = 1;
  private static final int OP_QUERY = 2004;
  private static final int OP_MSG = 2013;

  /** One login; the same object for all its steps. */
  interface Login {
    /** The answer to the client's next message; null when the client is let in. */
    BsonDocument next(BsonDocument message) throws Refused;
  }

  /** The client is not let in. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String why) {
      super(why);
    }
  }

  private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Supplier<Login> logins;

  /** Why clients were not let in, in order. */
  final List<String> refusals = new CopyOnWriteArrayList<>();

  /** Commands of clients that were let in. */
  final List<String> commands = new CopyOnWriteArrayList<>();

  MongoDoor(Supplier<Login> logins) throws IOException {
    this.logins = logins;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return; // the door is closed
      }
    }
  }

  private void serve(Socket client) {
    Login login = logins.get();
    boolean[] inside = {false};
    try (client;
        DataInputStream in = new DataInputStream(client.getInputStream());
        OutputStream out = client.getOutputStream()) {
      while (true) {
        int length = Integer.reverseBytes(in.readInt());
        ByteBuffer message =
            ByteBuffer.wrap(in.readNBytes(length - 4)).order(ByteOrder.LITTLE_ENDIAN);
        int id = message.getInt();
        message.getInt();
        int operation = message.getInt();
        message.getInt(); // flags
        if (operation == OP_MSG) {
          message.get(); // a body follows
        } else if (operation == OP_QUERY) {
          while (message.get() != 0) {
            // the collection's name
          }
          message.getLong();
        } else {
          return;
        }
        byte[] body = new byte[message.remaining()];
        message.get(body);
        BsonDocument answer = answer(new RawBsonDocument(body), login, inside);
        out.write(reply(id, operation, bytes(answer)));
        out.flush();
      }
    } catch (IOException e) {
      // the client has gone
    }
  }

  private BsonDocument answer(BsonDocument command, Login login, boolean[] inside) {
    String name = command.getFirstKey();
    switch (name) {
      case "hello", "isMaster", "ismaster" -> {
        return new BsonDocument("ok", new BsonInt32(1))
            .append("helloOk", BsonBoolean.TRUE)
            .append("ismaster", BsonBoolean.TRUE)
            .append("isWritablePrimary", BsonBoolean.TRUE)
            .append("minWireVersion", new BsonInt32(0))
            .append("maxWireVersion", new BsonInt32(21))
            .append("maxBsonObjectSize", new BsonInt32(16 << 20))
            .append("maxMessageSizeBytes", new BsonInt32(48_000_000))
            .append("maxWriteBatchSize", new BsonInt32(100_000));
      }
      case "saslStart", "saslContinue" -> {
        try {
          BsonDocument next =
              login.next(new RawBsonDocument(command.getBinary("payload").getData()));
          inside[0] = next == null;
          return new BsonDocument("ok", new BsonInt32(1))
              .append("conversationId", new BsonInt32(1))
              .append("done", BsonBoolean.valueOf(next == null))
              .append("payload", new BsonBinary(next == null ? new byte[0] : bytes(next)));
        } catch (Refused e) {
          refusals.add(e.getMessage());
          return error(18, "AuthenticationFailed", "Authentication failed.");
        }
      }
      default -> {
        if (!inside[0]) {
          return error(13, "Unauthorized", "command " + name + " requires authentication");
        }
        commands.add(name);
        return new BsonDocument("ok", new BsonInt32(1)).append("n", new BsonInt32(1));
      }
    }
  }

  private static BsonDocument error(int code, String name, String message) {
    return new BsonDocument("ok", new BsonInt32(0))
        .append("code", new BsonInt32(code))
        .append("codeName", new BsonString(name))
        .append("errmsg", new BsonString(message));
  }

  private static byte[] bytes(BsonDocument document) {
    RawBsonDocument raw = new RawBsonDocument(document, new BsonDocumentCodec());
    byte[] bytes = new byte[raw.getByteBuffer().remaining()];
    raw.getByteBuffer().get(bytes);
    return bytes;
  }

  private static byte[] reply(int to, int operation, byte[] document) {
    int head = operation == OP_MSG ? 21 : 36;
    ByteBuffer reply = ByteBuffer.allocate(head + document.length).order(ByteOrder.LITTLE_ENDIAN);
    reply.putInt(reply.capacity()).putInt(0).putInt(to);
    if (operation == OP_MSG) {
      reply.putInt(OP_MSG).putInt(0).put((byte) 0);
    } else {
      reply.putInt(OP_REPLY).putInt(8).putLong(0).putInt(0).putInt(1);
    }
    return reply.put(document).array();
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
