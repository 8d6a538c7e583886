package dev.beckon.web;

import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Collects the body of an answer; null when it is too large, of which no more is read. For one
 * answer.
 */
public final class BoundedBody implements BodySubscriber<byte @Nullable []> {
  private final CompletableFuture<byte @Nullable []> body = new CompletableFuture<>();
  private final ByteBuffer read;
  private Flow.@Nullable Subscription subscription;

  private BoundedBody(int most) {
    this.read = ByteBuffer.allocate(most);
  }

  /**
   * For a client of HTTP.
   *
   * @param most bytes
   */
  public static BodyHandler<byte @Nullable []> upTo(int most) {
    return head -> new BoundedBody(most);
  }

  @Override
  public CompletionStage<byte @Nullable []> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> parts) {
    for (ByteBuffer part : new ArrayList<>(parts)) {
      if (body.isDone() || part.remaining() > read.remaining()) {
        body.complete(null);
        if (subscription != null) {
          subscription.cancel();
        }
        return;
      }
      read.put(part);
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    byte[] bytes = new byte[read.flip().remaining()];
    read.get(bytes);
    body.complete(bytes);
  }
}
