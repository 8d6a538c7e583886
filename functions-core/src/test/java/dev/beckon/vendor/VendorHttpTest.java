package dev.beckon.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.account.Secret;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VendorHttpTest {
  private static final String KEY = "key-of-ours";
  private final HttpPeer peer = new HttpPeer(new Echo());
  private final VendorHttp http = new VendorHttp(Duration.ofSeconds(5), List.of(new Secret(KEY)));

  @AfterEach
  void stop() {
    http.close();
    peer.close();
  }

  @Test
  void post_accepted_replyWithBody() {
    assertThat(post(peer.port(), Duration.ofSeconds(20)))
        .isInstanceOfSatisfying(
            HttpReply.class,
            reply -> {
              assertThat(reply.isSuccess()).isTrue();
              assertThat(reply.body()).isEqualTo("hello");
            });
    assertThat(peer.requests())
        .singleElement()
        .satisfies(request -> assertThat(request.headers()).containsEntry("x-own", "yes"));
  }

  @Test
  void post_answerRepeatsSecret_masked() {
    peer.mood(VendorPeer.Mood.WRONG_CREDENTIALS);

    assertThat(post(peer.port(), Duration.ofSeconds(20)))
        .isInstanceOfSatisfying(
            HttpReply.class,
            reply -> assertThat(reply.result(Instant.EPOCH).reason()).contains("bad key ***"));
  }

  @Test
  void post_redirect_notFollowed() {
    peer.status(302);

    assertThat(post(peer.port(), Duration.ofSeconds(20)))
        .isInstanceOfSatisfying(
            HttpReply.class, reply -> assertThat(reply.status()).isEqualTo(302));
    assertThat(peer.requests()).hasSize(1);
  }

  @Test
  void post_hugeReply_cutAndIncomplete() {
    try (HttpPeer talker = new HttpPeer(new Talker())) {
      assertThat(post(talker.port(), Duration.ofSeconds(20)))
          .isInstanceOfSatisfying(
              HttpReply.class,
              reply -> {
                assertThat(reply.isSuccess()).isFalse();
                assertThat(reply.body()).hasSize(2 << 20);
              });
    }
  }

  @Test
  void post_connectionRefused_notWritten() {
    peer.close();

    assertFailure(post(peer.port(), Duration.ofSeconds(20)), SendCode.UNAVAILABLE);
  }

  @Test
  void post_hangUpAfterRequest_maybeWrittenAndNotRepeated() {
    peer.mood(VendorPeer.Mood.HANG_UP);

    assertFailure(post(peer.port(), Duration.ofSeconds(20)), SendCode.NO_REPLY);
    assertThat(peer.requests()).hasSize(1);
  }

  @Test
  void post_noAnswer_maybeWritten() {
    peer.mood(VendorPeer.Mood.HANG);

    assertFailure(post(peer.port(), Duration.ofMillis(300)), SendCode.NO_REPLY);
  }

  @Test
  void post_tlsHandshakeNeverAnswered_notWritten() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI uri = URI.create("https://localhost:" + silent.getLocalPort() + "/");

      assertFailure(
          http.post(uri, Map.of(), new byte[] {1}, Duration.ofMillis(300)), SendCode.UNAVAILABLE);
    }
  }

  @Test
  void post_tlsToPlainServer_notWritten() {
    URI uri = URI.create("https://localhost:" + peer.port() + "/");

    assertFailure(
        http.post(uri, Map.of(), new byte[] {1}, Duration.ofSeconds(20)), SendCode.UNAVAILABLE);
  }

  private HttpOutcome post(int port, Duration limit) {
    return http.post(
        URI.create("http://localhost:" + port + "/send"),
        Map.of("Authorization", KEY, "X-Own", "yes"),
        "hello".getBytes(StandardCharsets.UTF_8),
        limit);
  }

  private static void assertFailure(HttpOutcome outcome, SendCode code) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            HttpFailure.class, failure -> assertThat(failure.result().code()).isEqualTo(code));
  }

  /** Answers with what it was sent. */
  private static final class Echo implements HttpPeer.Script {
    @Override
    public List<VendorPeer.Received> read(HttpPeer.Request request, int number) {
      return List.of(new VendorPeer.Received("", "", request.body(), number));
    }

    @Override
    public HttpPeer.Answer answer(List<VendorPeer.Received> messages, Set<String> refused) {
      return new HttpPeer.Answer(200, messages.get(0).text());
    }
  }

  /** Answers with more than anybody reads. */
  private static final class Talker implements HttpPeer.Script {
    @Override
    public List<VendorPeer.Received> read(HttpPeer.Request request, int number) {
      return List.of();
    }

    @Override
    public HttpPeer.Answer answer(List<VendorPeer.Received> messages, Set<String> refused) {
      return new HttpPeer.Answer(200, "x".repeat(3 << 20));
    }
  }
}
