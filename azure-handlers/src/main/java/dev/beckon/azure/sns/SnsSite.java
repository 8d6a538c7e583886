package dev.beckon.azure.sns;

import dev.beckon.web.BoundedBody;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks AWS's own addresses for something small, without following redirects and for a bounded time.
 * Thread-safe.
 */
final class SnsSite {
  /** SNS waits 15 s for our answer, and up to four such calls may come before it. */
  private static final Duration MOST_TIME = Duration.ofSeconds(3);

  private static final int MOST_BYTES = 64 * 1024;

  private final HttpClient client;

  /**
   * @param client follows no redirects
   */
  SnsSite(HttpClient client) {
    this.client = client;
  }

  /** On the JDK's own trust: AWS's public addresses. */
  static SnsSite open() {
    return new SnsSite(
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(MOST_TIME)
            .build());
  }

  /**
   * What is at the address; empty when the answer is a refusal, a redirect or larger than anything
   * we ask for.
   *
   * @throws IOException when there is no answer in time, or the server failed
   */
  Optional<byte[]> get(URI address) throws IOException {
    HttpRequest request = HttpRequest.newBuilder(address).timeout(MOST_TIME).build();
    CompletableFuture<HttpResponse<byte @Nullable []>> running =
        client.sendAsync(request, BoundedBody.upTo(MOST_BYTES));
    try {
      HttpResponse<byte @Nullable []> answer =
          running.get(MOST_TIME.toMillis(), TimeUnit.MILLISECONDS);
      if (answer.statusCode() >= 500 || answer.statusCode() == 429) {
        throw new IOException("status " + answer.statusCode());
      }
      return answer.statusCode() == 200 ? Optional.ofNullable(answer.body()) : Optional.empty();
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      running.cancel(true);
    }
  }
}
