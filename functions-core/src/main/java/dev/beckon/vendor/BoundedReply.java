package dev.beckon.vendor;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Collects a reply up to a limit and then stops listening; what it has is the reply. */
final class BoundedReply implements BodySubscriber<BoundedReply.Bytes> {

  /** The body as text, and whether it ended before the limit. */
  record Bytes(String text, boolean complete) {}

  private final int limit;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CompletableFuture<Bytes> reply = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;

  BoundedReply(int limit) {
    this.limit = limit;
  }

  @Override
  public CompletionStage<Bytes> getBody() {
    return reply;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      int length = Math.min(buffer.remaining(), limit - bytes.size());
      boolean over = length < buffer.remaining();
      byte[] part = new byte[length];
      buffer.get(part);
      bytes.write(part, 0, length);
      if (over) {
        if (subscription != null) {
          subscription.cancel();
        }
        finish(false);
        return;
      }
    }
  }

  @Override
  public void onError(Throwable failure) {
    reply.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    finish(true);
  }

  private void finish(boolean complete) {
    reply.complete(new Bytes(bytes.toString(StandardCharsets.UTF_8), complete));
  }
}
