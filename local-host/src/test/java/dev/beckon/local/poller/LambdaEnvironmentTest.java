package dev.beckon.local.poller;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LambdaEnvironmentTest {

  private static final Duration SECOND = Duration.ofSeconds(5);

  /** Its event type is given to a superclass, as shared handlers do. */
  public static class MapHandler extends Base<Map<String, Object>> {
    @Override
    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
      return Map.of("n", (Integer) event.get("n") + 1, "name", context.getFunctionName());
    }
  }

  /** The superclass. */
  public abstract static class Base<E> implements RequestHandler<E, Map<String, Object>> {}

  /** Copies its event. */
  public static class Echo implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context)
        throws IOException {
      in.transferTo(out);
    }
  }

  /** Answers with the time left. */
  public static class Remaining implements RequestHandler<Object, Integer> {
    @Override
    public Integer handleRequest(Object event, Context context) {
      return context.getRemainingTimeInMillis();
    }
  }

  /** Cannot be made without arguments. */
  public static class Hidden {
    Hidden() {}
  }

  private static Outcome invoke(Class<?> handler, String event) {
    try (LambdaEnvironment environment =
        new LambdaFunction("f", handler, SECOND).newEnvironment()) {
      return environment.invoke(event);
    }
  }

  @Test
  void invoke_mapHandler_convertsEventAndResult() {
    assertThat(invoke(MapHandler.class, "{\"n\":41}"))
        .isInstanceOfSatisfying(
            Outcome.Returned.class,
            returned -> assertThat(returned.json()).contains("\"n\":42").contains("\"f\""));
  }

  @Test
  void invoke_streamHandler_givesTheBytes() {
    assertThat(invoke(Echo.class, "{\"ü\":1}")).isEqualTo(new Outcome.Returned("{\"ü\":1}"));
    assertThat("ü".getBytes(UTF_8)).hasSize(2);
  }

  @Test
  void invoke_context_tellsTheRealTimeLeft() {
    assertThat(invoke(Remaining.class, "null"))
        .isInstanceOfSatisfying(
            Outcome.Returned.class,
            returned -> assertThat(Integer.parseInt(returned.json())).isBetween(1, 5000));
  }

  @Test
  void invoke_noPublicConstructor_fails() {
    assertThat(invoke(Hidden.class, "{}"))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.cause()).hasMessageContaining("Hidden"));
    assertThat(invoke(String.class, "{}")).isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void function_noTimeOut_isRefused() {
    assertThatThrownBy(() -> new LambdaFunction("f", Echo.class, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ticker_slowFunction_neverRunsTwiceAtOnce() throws Exception {
    CountDownLatch ticks = new CountDownLatch(5);
    AtomicInteger running = new AtomicInteger();
    AtomicBoolean overlapped = new AtomicBoolean();
    Clock clock = Clock.fixed(Instant.parse("2026-11-01T10:00:00Z"), ZoneOffset.UTC);
    LambdaFunction function =
        new LambdaFunction(
            "sweep",
            () ->
                new RequestHandler<ScheduledEvent, Void>() {
                  @Override
                  public Void handleRequest(ScheduledEvent event, Context context) {
                    overlapped.compareAndSet(false, running.incrementAndGet() > 1);
                    assertThat(event.getTime().getMillis())
                        .isEqualTo(clock.instant().toEpochMilli());
                    assertThat(event.getDetailType()).isEqualTo("Scheduled Event");
                    ticks.countDown();
                    running.decrementAndGet();
                    return null;
                  }
                },
            SECOND);

    try (Ticker ticker = Ticker.start(function, Duration.ofMillis(5), clock)) {
      assertThat(ticker.tick()).isEqualTo(new Outcome.Returned("null"));
      assertThat(ticks.await(10, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(overlapped).isFalse();
    assertThat(function.errors()).isZero();
  }
}
