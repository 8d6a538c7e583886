package dev.beckon.vendor;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A request body that knows whether it was ever handed to the connection. The JDK subscribes to it
 * after connecting, the TLS handshake and the headers, so a body nobody subscribed to proves that
 * the peer never had the whole request, whatever exception came. Forbidding and starting exclude
 * each other.
 */
final class OnceBody implements BodyPublisher {
  private enum Phase {
    WAITING,
    STARTED,
    FORBIDDEN
  }

  private final BodyPublisher body;
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);

  OnceBody(byte[] bytes) {
    if (bytes.length == 0) {
      throw new IllegalArgumentException("an empty body cannot prove that it was not written");
    }
    this.body = BodyPublishers.ofByteArray(bytes);
  }

  /** Forbids writing from now on; true when writing had not begun. */
  boolean forbid() {
    return phase.compareAndSet(Phase.WAITING, Phase.FORBIDDEN) || phase.get() == Phase.FORBIDDEN;
  }

  @Override
  public long contentLength() {
    return body.contentLength();
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    if (phase.compareAndSet(Phase.WAITING, Phase.STARTED)) {
      body.subscribe(subscriber);
    } else {
      subscriber.onSubscribe(new Nothing());
      subscriber.onError(new IllegalStateException("the request was given up or repeated"));
    }
  }

  private static final class Nothing implements Flow.Subscription {
    @Override
    public void request(long count) {}

    @Override
    public void cancel() {}
  }
}
