package dev.beckon.vendor;

import dev.beckon.account.Secret;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client of vendors: HTTP/1.1 over kept connections, no redirects, bounded replies, one
 * limit over the whole exchange, certificates always verified. A POST is never repeated.
 * Thread-safe; one per vendor account.
 */
public final class VendorHttp implements AutoCloseable {

  /** A send reply is a few kilobytes, a bulk reply with an error per recipient some hundred. */
  private static final int REPLY_LIMIT = 2 << 20;

  private final HttpClient client;
  private final List<String> secrets;

  /**
   * @param connectTimeout bounds TCP and TLS set-up
   * @param secrets values masked in whatever the peer says back
   */
  public VendorHttp(Duration connectTimeout, Collection<Secret> secrets) {
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connectTimeout)
            .build();
    this.secrets = secrets.stream().map(Secret::reveal).filter(text -> !text.isEmpty()).toList();
  }

  /**
   * Posts a body and waits for the answer, at most {@code limit} in all. Never throws for what a
   * peer or network does. When the thread is interrupted, the interrupt stays set and the request
   * is judged as if time had run out.
   */
  public HttpOutcome post(URI uri, Map<String, String> headers, byte[] body, Duration limit) {
    OnceBody once = new OnceBody(body);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).POST(once);
    headers.forEach(request::setHeader);
    AtomicReference<HttpResponse.@Nullable ResponseInfo> seen = new AtomicReference<>();
    CompletableFuture<HttpResponse<BoundedReply.Bytes>> exchange =
        client.sendAsync(
            request.build(),
            info -> {
              seen.set(info);
              return new BoundedReply(REPLY_LIMIT);
            });
    try {
      HttpResponse<BoundedReply.Bytes> response =
          exchange.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      BoundedReply.Bytes bytes = response.body();
      return new HttpReply(
          response.statusCode(), response.headers(), masked(bytes), bytes.complete());
    } catch (TimeoutException e) {
      exchange.cancel(true);
      return broken(once, seen.get(), null, "no answer within " + limit);
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      return broken(once, seen.get(), null, "interrupted");
    } catch (ExecutionException e) {
      return broken(once, seen.get(), e.getCause(), name(e.getCause()));
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private static HttpOutcome broken(
      OnceBody once,
      HttpResponse.@Nullable ResponseInfo seen,
      @Nullable Throwable failure,
      String reason) {
    boolean neverWritten = once.forbid() || handshakeFailed(failure);
    if (seen != null) {
      // the status stands even when its body broke off; a 2xx without its body proves nothing
      return new HttpReply(seen.statusCode(), seen.headers(), "", false);
    }
    return new HttpFailure(
        neverWritten
            ? SendResult.of(SendCode.UNAVAILABLE, "request not written: " + reason)
            : SendResult.of(SendCode.NO_REPLY, "request written: " + reason));
  }

  /**
   * Over TLS the JDK may ask for the body while the handshake still runs, but sends none of it
   * before the handshake is done.
   */
  private static boolean handshakeFailed(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLHandshakeException) {
        return true;
      }
    }
    return false;
  }

  /** The kind of failure only: messages of network exceptions may repeat hosts and bytes. */
  private static String name(@Nullable Throwable failure) {
    return failure == null ? "failed" : failure.getClass().getSimpleName();
  }

  private String masked(BoundedReply.Bytes bytes) {
    String clean = bytes.text();
    for (String secret : secrets) {
      clean = clean.replace(secret, "***");
    }
    return bytes.complete() ? clean : withoutBeginning(clean);
  }

  /** Where a reply was cut it may end in the beginning of a secret. */
  private String withoutBeginning(String text) {
    for (String secret : secrets) {
      for (int length = secret.length() - 1; length > 0; length--) {
        if (text.endsWith(secret.substring(0, length))) {
          return text.substring(0, text.length() - length);
        }
      }
    }
    return text;
  }
}
