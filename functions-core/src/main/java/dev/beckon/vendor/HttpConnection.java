package dev.beckon.vendor;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.DefaultContentLengthStrategy;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthInputStream;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.impl.io.IdentityInputStream;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.util.CharArrayBuffer;

/**
 * An open connection. Blocking calls have no time-out of their own: {@link #abort} from another
 * thread ends them all, and so does an interrupt. What a peer says is read by HttpComponents Core;
 * what we say is written here, because how far the writing got decides between <em>retry</em> and
 * <em>in doubt</em>. Used by one thread at a time.
 */
final class HttpConnection {
  /** Requests up to here are one write; of longer ones this much is held back for the last. */
  private static final int LAST_WRITE = 16 * 1024;

  private static final Http1Config LIMITS =
      Http1Config.custom()
          .setBufferSize(8 * 1024)
          .setMaxLineLength(16 * 1024)
          .setMaxHeaderCount(200)
          .setMaxEmptyLineCount(5)
          .build();

  private static final Pattern KEPT_FOR = Pattern.compile("(?i)\\btimeout\\s*=\\s*([0-9]{1,6})\\b");

  private final SocketChannel channel;
  private final boolean secure;
  private final InputStream in;
  private final OutputStream out;
  private final StrictBuffer buffer = new StrictBuffer();
  private final DefaultHttpResponseParser parser = new DefaultHttpResponseParser(LIMITS);

  /**
   * @param socket the channel's own or TLS over it
   */
  HttpConnection(SocketChannel channel, Socket socket) throws IOException {
    this.channel = channel;
    this.secure = socket instanceof SSLSocket;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  /**
   * Writes a request.
   *
   * @param last run before the first write that could complete it: a request whose end was never
   *     written has not been received (RFC 9112 §8)
   */
  void write(byte[] head, ByteBuffer body, Runnable last) throws IOException {
    byte[] bytes = body.array();
    int from = body.arrayOffset() + body.position();
    int length = body.remaining();
    if (head.length + length <= LAST_WRITE) {
      byte[] whole = new byte[head.length + length];
      System.arraycopy(head, 0, whole, 0, head.length);
      System.arraycopy(bytes, from, whole, head.length, length);
      last.run();
      out.write(whole);
    } else {
      int early = Math.max(0, length - LAST_WRITE);
      out.write(head);
      out.write(bytes, from, early);
      last.run();
      out.write(bytes, from + early, length - early);
    }
    out.flush();
  }

  /** Reads the next head that is an answer, past any 1xx. */
  ClassicHttpResponse head() throws IOException, HttpException {
    while (true) {
      ClassicHttpResponse head = parser.parse(buffer, in);
      if (head.getCode() >= 200 || head.getCode() == 101) {
        return head;
      }
    }
  }

  /**
   * Reads the body that belongs to a head. One without a length ends with its connection, and
   * nobody can tell whether it was cut: its own syntax must.
   *
   * @return at most {@code limit} bytes; {@code limit + 1} of them when there is more
   */
  byte[] body(ClassicHttpResponse head, int limit) throws IOException, HttpException {
    if (!MessageSupport.canResponseHaveBody("POST", head)) {
      return new byte[0];
    }
    long length = DefaultContentLengthStrategy.INSTANCE.determineLength(head);
    if (length >= 0) {
      int wanted = (int) Math.min(length, limit + 1L);
      return exactly(new ContentLengthInputStream(buffer, in, length), wanted);
    }
    InputStream content =
        length == ContentLengthStrategy.CHUNKED
            ? new ChunkedInputStream(buffer, in, LIMITS)
            : new IdentityInputStream(buffer, in);
    return content.readNBytes(limit + 1);
  }

  /** Whether the peer keeps the connection open after an answer that was read to its end. */
  static boolean isKept(ClassicHttpResponse head) {
    return head.getCode() >= 200
        && !(head.containsHeader("Transfer-Encoding") && head.containsHeader("Content-Length"))
        && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(null, head, null);
  }

  /**
   * How long the peer says it keeps an idle connection, less a second for the way of the next
   * request; a day when it does not say.
   */
  static Duration idle(ClassicHttpResponse head) {
    Header said = head.getFirstHeader("Keep-Alive");
    Matcher seconds = KEPT_FOR.matcher(said == null ? "" : said.getValue());
    return seconds.find()
        ? Duration.ofSeconds(Long.parseLong(seconds.group(1)) - 1)
        : Duration.ofDays(1);
  }

  /**
   * Whether the peer closed the connection, or spoke unasked, while it was idle: a request must not
   * be written, and what was said is not its answer. One read that does not wait.
   */
  boolean isStale() {
    try {
      if (buffer.hasBufferedData() || (secure && in.available() > 0)) {
        return true;
      }
      channel.configureBlocking(false);
      try {
        return channel.read(ByteBuffer.allocate(1)) != 0;
      } finally {
        channel.configureBlocking(true);
      }
    } catch (IOException e) {
      return true;
    }
  }

  /** Closes at once, from any thread; a TLS farewell could block behind a stuck write. */
  void abort() {
    try {
      channel.close();
    } catch (IOException e) {
      // closing is all we wanted
    }
  }

  private static byte[] exactly(InputStream content, int length) throws IOException {
    byte[] bytes = new byte[length];
    content.readNBytes(bytes, 0, length);
    return bytes;
  }

  /**
   * The library takes the end of the connection for the end of a head; to us it is a broken one.
   */
  private static final class StrictBuffer extends SessionInputBufferImpl {
    StrictBuffer() {
      super(LIMITS.getBufferSize(), LIMITS.getMaxLineLength());
    }

    @Override
    public int readLine(CharArrayBuffer line, InputStream from) throws IOException {
      int length = super.readLine(line, from);
      if (length < 0) {
        throw new ConnectionClosedException("closed within a head");
      }
      return length;
    }
  }
}
