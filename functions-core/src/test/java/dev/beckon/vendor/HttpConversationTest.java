package dev.beckon.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.beckon.bed.TestClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which connection a request goes over, what its time bounds, and what was written when it broke.
 */
class HttpConversationTest {
  private static final Duration AMPLE = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(400);

  /** Generous for a busy machine, and far below what a lost time-out would take. */
  private static final Duration SLACK = Duration.ofSeconds(20);

  private static final byte[] LARGE = new byte[30 << 20];

  private final TestClock clock = new TestClock();
  private final CountDownLatch over = new CountDownLatch(1);
  private final VendorHttp http = http(InetAddress::getAllByName, 64);

  @AfterEach
  void stop() {
    over.countDown();
    http.close();
  }

  @Test
  void post_keptConnectionClosedMeanwhile_replacedAndDeliveredOnce() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    try (RawPeer peer =
        new RawPeer(wire -> {
          wire.answer(wire.request());
          if (wire.number > 1) {
            wire.request();
          }
          wire.socket.close();
          closed.countDown();
        })) {
      assertAnswer(post(peer, "one"), "one");
      assertThat(closed.await(60, TimeUnit.SECONDS)).isTrue();

      assertAnswer(post(peer, "two"), "two");
      assertThat(peer.bodies).containsExactly("one", "two");
      assertThat(peer.connections()).isEqualTo(2);
    }
  }

  @Test
  void post_keptConnectionSpokeUnasked_notTakenForTheAnswer() throws Exception {
    CountDownLatch spoken = new CountDownLatch(1);
    try (RawPeer peer =
        new RawPeer(wire -> {
          wire.answer(wire.request());
          wire.say("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
          spoken.countDown();
          over.await();
        })) {
      assertAnswer(post(peer, "one"), "one");
      assertThat(spoken.await(60, TimeUnit.SECONDS)).isTrue();

      assertAnswer(post(peer, "two"), "two");
      assertThat(peer.bodies).containsExactly("one", "two");
    }
  }

  @Test
  void post_keptConnectionClosedUponTheRequest_inDoubtAndNotRepeated() {
    try (RawPeer peer =
        new RawPeer(wire -> {
          wire.answer(wire.request());
          wire.request();
        })) {
      assertAnswer(post(peer, "one"), "one");

      assertFailure(post(peer, "two"), SendCode.NO_REPLY);
      assertThat(peer.bodies).containsExactly("one", "two");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {49, 51, -1})
  void post_connectionIdle_reusedWithinFiftySecondsOnly(long seconds) {
    try (RawPeer peer = echoing("")) {
      assertAnswer(post(peer, "one"), "one");
      clock.advance(Duration.ofSeconds(seconds));

      assertAnswer(post(peer, "two"), "two");
      assertThat(peer.connections()).isEqualTo(seconds == 49 ? 1 : 2);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 4})
  void post_peerNamesHowLongItKeeps_heededWithASecondToSpare(long seconds) {
    try (RawPeer peer = echoing("Keep-Alive: timeout=5, max=1000\r\n")) {
      assertAnswer(post(peer, "one"), "one");
      clock.advance(Duration.ofSeconds(seconds));

      assertAnswer(post(peer, "two"), "two");
      assertThat(peer.connections()).isEqualTo(seconds == 3 ? 1 : 2);
    }
  }

  @Test
  void post_everyConnectionBusy_notStarted() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    try (VendorHttp narrow = http(InetAddress::getAllByName, 1);
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        RawPeer peer =
            new RawPeer(wire -> {
              String body = wire.request();
              arrived.countDown();
              over.await();
              wire.answer(body);
            })) {
      Future<HttpOutcome> first =
          executor.submit(() -> narrow.post(peer.uri("http"), Map.of(), bytes("one"), AMPLE));
      assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();

      assertFailure(
          narrow.post(peer.uri("http"), Map.of(), bytes("two"), SHORT), SendCode.NOT_STARTED);
      over.countDown();
      assertAnswer(first.get(), "one");
      assertThat(peer.bodies).containsExactly("one");
    }
  }

  @Test
  void post_fromManyThreads_eachItsOwnAnswerOverFewConnections() throws Exception {
    List<Future<HttpOutcome>> calls = new ArrayList<>();
    try (VendorHttp narrow = http(InetAddress::getAllByName, 8);
        RawPeer peer = echoing("")) {
      try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 400; i++) {
          byte[] body = bytes("body-" + i);
          calls.add(executor.submit(() -> narrow.post(peer.uri("http"), Map.of(), body, AMPLE)));
        }
      }
      for (int i = 0; i < calls.size(); i++) {
        assertAnswer(calls.get(i).get(), "body-" + i);
      }
      assertThat(peer.connections()).isLessThanOrEqualTo(8);
      assertThat(peer.bodies).hasSize(400).doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16_000, 16_384, 16_385, 40_000, 3_000_000})
  void post_bodyOfAnySize_arrivesWholeAndBufferIsLeftAlone(int length) {
    byte[] bytes = new byte[length + 7];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) ('a' + i % 23);
    }
    ByteBuffer body = ByteBuffer.wrap(bytes, 4, length);
    try (RawPeer peer =
        new RawPeer(wire -> {
          wire.request();
          wire.answer("ok");
        })) {
      assertAnswer(http.post(peer.uri("http"), Map.of(), body, AMPLE), "ok");
      assertThat(peer.bodies)
          .containsExactly(new String(bytes, 4, length, StandardCharsets.US_ASCII));
      assertThat(body.remaining()).isEqualTo(length);
    }
  }

  @Test
  void post_peerHangsUpWithinALargeBody_cannotHaveTheRequest() {
    try (RawPeer peer = new RawPeer(wire -> wire.socket.getInputStream().read())) {
      assertFailure(http.post(peer.uri("http"), Map.of(), LARGE, AMPLE), SendCode.UNAVAILABLE);
    }
  }

  @Test
  void post_peerReadsNoLargeBody_endsInTimeWithoutDoubt() {
    try (RawPeer peer = new RawPeer(wire -> over.await())) {
      assertInTime(() ->
          assertFailure(http.post(peer.uri("http"), Map.of(), LARGE, SHORT), SendCode.UNAVAILABLE));
    }
  }

  @Test
  void post_answerTricklesForEver_endsInTime() {
    try (RawPeer peer =
        new RawPeer(wire -> {
          wire.request();
          wire.say("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n");
          while (!over.await(20, TimeUnit.MILLISECONDS)) {
            wire.say("x");
          }
        })) {
      assertInTime(() ->
          assertThat(http.post(peer.uri("http"), Map.of(), bytes("one"), SHORT))
              .isInstanceOfSatisfying(
                  HttpReply.class, reply -> assertThat(reply.complete()).isFalse()));
    }
  }

  @Test
  void post_nameNeverResolved_endsInTimeWithoutDoubt() {
    HttpConnector.Resolver stuck =
        host -> {
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return InetAddress.getAllByName(host);
        };
    try (VendorHttp other = http(stuck, 1);
        RawPeer peer = echoing("")) {
      assertInTime(() ->
          assertFailure(
              other.post(peer.uri("http"), Map.of(), bytes("one"), SHORT), SendCode.UNAVAILABLE));
      assertThat(peer.bodies).isEmpty();
    }
  }

  @Test
  void post_firstAddressLeadsNowhere_nextOneTaken() {
    HttpConnector.Resolver two =
        host ->
            new InetAddress[] {
              InetAddress.getByName("127.0.0.2"), InetAddress.getByName("127.0.0.1")
            };
    try (VendorHttp other = http(two, 1);
        RawPeer peer = echoing("")) {
      assertAnswer(other.post(peer.uri("http"), Map.of(), bytes("one"), AMPLE), "one");
    }
  }

  @Test
  void post_addressOfVersionSix_namedInBrackets() throws Exception {
    ServerSocket server = null;
    try {
      server = new ServerSocket(0, 10, InetAddress.getByName("::1"));
    } catch (IOException e) {
      assumeTrue(false, "this machine has no IPv6");
    }
    try (RawPeer peer = new RawPeer(server, wire -> wire.answer(wire.request()))) {
      URI uri = URI.create("http://[::1]:" + peer.port() + "/");

      assertAnswer(http.post(uri, Map.of(), bytes("one"), AMPLE), "one");
      assertThat(peer.heads.get(0)).contains("Host: [::1]:" + peer.port() + "\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void post_interruptedWhileWaiting_inDoubtAndStillInterrupted(boolean virtual) throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    try (RawPeer peer =
        new RawPeer(wire -> {
          wire.request();
          arrived.countDown();
          over.await();
        })) {
      CompletableFuture<HttpOutcome> outcome = new CompletableFuture<>();
      CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
      Runnable call =
          () -> {
            outcome.complete(http.post(peer.uri("http"), Map.of(), bytes("one"), AMPLE));
            interrupted.complete(Thread.currentThread().isInterrupted());
          };
      Thread thread =
          virtual ? Thread.ofVirtual().start(call) : Thread.ofPlatform().daemon().start(call);
      assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
      thread.interrupt();

      assertFailure(outcome.get(60, TimeUnit.SECONDS), SendCode.NO_REPLY);
      assertThat(interrupted.get(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void post_interruptedBefore_nothingWritten() {
    try (RawPeer peer = echoing("")) {
      Thread.currentThread().interrupt();
      HttpOutcome outcome = post(peer, "one");

      assertThat(Thread.interrupted()).isTrue();
      assertFailure(outcome, SendCode.UNAVAILABLE);
      assertThat(peer.bodies).isEmpty();
    }
  }

  @Test
  void close_duringACall_endsItAndTakesNoMore() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        RawPeer peer =
            new RawPeer(wire -> {
              wire.request();
              arrived.countDown();
              over.await();
            })) {
      Future<HttpOutcome> call = executor.submit(() -> post(peer, "one"));
      assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
      http.close();

      assertFailure(call.get(), SendCode.NO_REPLY);
      assertFailure(post(peer, "two"), SendCode.NOT_STARTED);
      assertThat(peer.bodies).containsExactly("one");
    }
  }

  private VendorHttp http(HttpConnector.Resolver resolver, int connections) {
    HttpConnector connector = new HttpConnector(AMPLE, resolver, SSLContext::getDefault);
    return new VendorHttp(connector, List.of(), connections, clock);
  }

  private static RawPeer echoing(String headers) {
    return new RawPeer(wire -> {
      for (String body = wire.request(); body != null; body = wire.request()) {
        wire.say(
            "HTTP/1.1 200 OK\r\n"
                + headers
                + "Content-Length: "
                + body.length()
                + "\r\n\r\n"
                + body);
      }
    });
  }

  private HttpOutcome post(RawPeer peer, String body) {
    return http.post(peer.uri("http"), Map.of(), bytes(body), AMPLE);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void assertInTime(Runnable call) {
    long start = System.nanoTime();
    call.run();
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(SHORT.minusMillis(20), SHORT.plus(SLACK));
  }

  private static void assertAnswer(HttpOutcome outcome, String body) {
    assertThat(outcome)
        .isInstanceOfSatisfying(HttpReply.class, reply -> assertThat(reply.body()).isEqualTo(body));
  }

  private static void assertFailure(HttpOutcome outcome, SendCode code) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            HttpFailure.class, failure -> assertThat(failure.result().code()).isEqualTo(code));
  }
}
