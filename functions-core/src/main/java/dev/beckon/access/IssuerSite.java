package dev.beckon.access;

import dev.beckon.web.BoundedBody;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks a token issuer for its documents: small ones, without following redirects, for a bounded
 * time. Thread-safe.
 */
final class IssuerSite {
  private static final Duration MOST_TIME = Duration.ofSeconds(4);
  private static final int MOST_BYTES = 256 * 1024;

  /** Made when it is needed first: it has a thread of its own. */
  private volatile @Nullable HttpClient client;

  /**
   * What is at an address.
   *
   * @throws IOException when there is no answer in time, or none of a use
   */
  String get(URI address) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(MOST_TIME)
            .header("Accept", "application/json")
            .build();
    CompletableFuture<HttpResponse<byte @Nullable []>> running =
        client().sendAsync(request, BoundedBody.upTo(MOST_BYTES));
    try {
      HttpResponse<byte @Nullable []> answer =
          running.get(MOST_TIME.toMillis(), TimeUnit.MILLISECONDS);
      byte[] body = answer.body();
      if (answer.statusCode() != 200 || body == null) {
        throw new IOException(
            body == null ? "the answer is too large" : "status " + answer.statusCode());
      }
      return new String(body, StandardCharsets.UTF_8);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      running.cancel(true);
    }
  }

  private HttpClient client() {
    HttpClient made = client;
    if (made == null) {
      synchronized (this) {
        made = client;
        if (made == null) {
          made =
              HttpClient.newBuilder()
                  .version(HttpClient.Version.HTTP_1_1)
                  .followRedirects(HttpClient.Redirect.NEVER)
                  .connectTimeout(MOST_TIME)
                  .build();
          client = made;
        }
      }
    }
    return made;
  }
}
