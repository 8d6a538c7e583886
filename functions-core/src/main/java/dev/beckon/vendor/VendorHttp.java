package dev.beckon.vendor;

import dev.beckon.account.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client of vendors: HTTP/1.1 over kept connections, no redirects, bounded replies, one
 * limit over the whole exchange, certificates always verified. A POST is never repeated.
 * Thread-safe; one per vendor account.
 */
public final class VendorHttp implements AutoCloseable {

  /** A send reply is a few kilobytes, a bulk reply with an error per recipient some hundred. */
  private static final int REPLY_LIMIT = 2 << 20;

  /** More than any vendor account has calls in flight, less than a function may open files. */
  private static final int CONNECTIONS = 256;

  private final HttpPool pool;
  private final Watchdog watchdog = new Watchdog("http-watchdog");
  private final ReplyText texts;

  /**
   * @param connectTimeout bounds name look-up, TCP and TLS set-up together
   * @param secrets values masked in whatever the peer says back
   */
  public VendorHttp(Duration connectTimeout, Collection<Secret> secrets) {
    this(connectTimeout, secrets, CONNECTIONS);
  }

  /**
   * @param connections the most to be open to one host in use at once; further calls wait for one
   */
  public VendorHttp(Duration connectTimeout, Collection<Secret> secrets, int connections) {
    this(
        new HttpConnector(connectTimeout, InetAddress::getAllByName, SSLContext::getDefault),
        secrets,
        connections,
        InstantSource.system());
  }

  VendorHttp(
      HttpConnector connector, Collection<Secret> secrets, int connections, InstantSource clock) {
    this.pool = new HttpPool(connector, connections, clock);
    this.texts = new ReplyText(secrets);
  }

  /** Posts a body as {@link #post(URI, Map, ByteBuffer, Duration)} does. */
  public HttpOutcome post(URI uri, Map<String, String> headers, byte[] body, Duration limit) {
    return post(uri, headers, ByteBuffer.wrap(body), limit);
  }

  /**
   * Posts a body and waits for the answer, at most {@code limit} in all. Never throws for what a
   * peer or network does. When the thread is interrupted, the interrupt stays set and the request
   * is judged as if time had run out.
   *
   * @param body what remains of an array-backed buffer; not copied when it is large, and left alone
   * @throws IllegalArgumentException when the URL or a header cannot be sent as it is
   */
  public HttpOutcome post(URI uri, Map<String, String> headers, ByteBuffer body, Duration limit) {
    HttpOrigin origin = HttpOrigin.of(uri);
    return exchange(origin, RequestHead.of(origin, uri, headers, body.remaining()), body, limit);
  }

  /** Asks for what lies at an address, within the bounds of {@link #post}. */
  public HttpOutcome get(URI uri, Map<String, String> headers, Duration limit) {
    HttpOrigin origin = HttpOrigin.of(uri);
    return exchange(origin, RequestHead.get(origin, uri, headers), ByteBuffer.allocate(0), limit);
  }

  private HttpOutcome exchange(HttpOrigin origin, byte[] head, ByteBuffer body, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    HttpConnection connection;
    try {
      connection = pool.take(origin, end);
    } catch (NotWritten e) {
      return new HttpFailure(e.result());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new HttpFailure(new NotWritten(SendCode.UNAVAILABLE, "interrupted").result());
    }
    Exchange exchange = new Exchange(connection);
    Watchdog.Watch watch = watchdog.over(end, connection::abort);
    HttpOutcome outcome;
    try {
      outcome = exchange.run(head, body);
    } catch (IOException | HttpException | RuntimeException e) {
      outcome = exchange.broken(watch.expired() ? "no answer within " + limit : reason(e));
    } finally {
      if (watch.release() && exchange.kept) {
        pool.keep(origin, connection, exchange.idle);
      } else {
        pool.drop(origin, connection);
      }
    }
    return outcome;
  }

  /** Closes connections, those in use too. Never throws. */
  @Override
  public void close() {
    watchdog.close();
    pool.close();
  }

  /** The kind of failure only: messages of network exceptions may repeat hosts and bytes. */
  private static String reason(Exception failure) {
    return Thread.currentThread().isInterrupted()
        ? "interrupted"
        : failure.getClass().getSimpleName();
  }

  /** One request and its answer, and how far they got. */
  private final class Exchange {
    private final HttpConnection connection;
    private boolean written;
    private @Nullable ClassicHttpResponse seen;
    private boolean kept;
    private Duration idle = Duration.ZERO;

    Exchange(HttpConnection connection) {
      this.connection = connection;
    }

    HttpReply run(byte[] head, ByteBuffer body) throws IOException, HttpException {
      connection.write(head, body, () -> written = true);
      ClassicHttpResponse answer = connection.head();
      seen = answer;
      byte[] bytes = connection.body(answer, REPLY_LIMIT);
      boolean complete = bytes.length <= REPLY_LIMIT;
      kept = complete && HttpConnection.isKept(answer);
      idle = HttpConnection.idle(answer);
      int length = Math.min(bytes.length, REPLY_LIMIT);
      return new HttpReply(
          answer.getCode(), headers(answer), texts.of(bytes, length, complete), complete);
    }

    HttpOutcome broken(String reason) {
      if (seen != null) {
        // the status stands even when its body broke off; a 2xx without its body proves nothing
        return new HttpReply(seen.getCode(), headers(seen), "", false);
      }
      return new HttpFailure(
          written
              ? SendResult.of(SendCode.NO_REPLY, "request written: " + reason)
              : SendResult.of(SendCode.UNAVAILABLE, "request not written: " + reason));
    }
  }

  private static HttpHeaders headers(ClassicHttpResponse answer) {
    Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Header header : answer.getHeaders()) {
      all.computeIfAbsent(header.getName(), any -> new ArrayList<>(1)).add(header.getValue());
    }
    return HttpHeaders.of(all, (name, value) -> true);
  }
}
