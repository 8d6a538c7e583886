package dev.beckon.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where an answer ends, and what it is worth when it does not. */
class HttpFramingTest {
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";
  private static final String HELLO = OK + "Content-Length: 5\r\n\r\nhello";

  static final List<String> KEPT =
      List.of(
          HELLO,
          CHUNKED + "5\r\nhello\r\n0\r\n\r\n",
          CHUNKED + "2;name=value\r\nhe\r\n3\r\nllo\r\n0\r\nTrailer: x\r\n\r\n",
          "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + HELLO,
          "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 5\r\n\r\nhello");

  static final List<String> COMPLETE_NOT_KEPT =
      List.of(
          "HTTP/1.0 200 OK\r\n\r\nhello",
          OK + "\r\nhello",
          OK + "Connection: close\r\nContent-Length: 5\r\n\r\nhello",
          OK + "Content-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
          HELLO + HELLO,
          HELLO + "x");

  static final List<String> CUT =
      List.of(
          OK + "Content-Length: 50\r\n\r\nhello",
          OK + "Content-Length: -5\r\n\r\nhello",
          OK + "Content-Length: 5\r\nContent-Length: 4\r\n\r\nhello",
          OK + "Content-Length: five\r\n\r\nhello",
          OK + "Transfer-Encoding: gzip\r\n\r\nhello",
          CHUNKED + "5\r\nhel",
          CHUNKED + "5\r\nhello\r\n",
          CHUNKED + "5\r\nhello\r\n0\r\n",
          CHUNKED + "zz\r\nhello\r\n0\r\n\r\n",
          CHUNKED + "-5\r\nhello\r\n0\r\n\r\n");

  static final List<String> NO_ANSWER =
      List.of(
          "",
          "HTTP/1.1 200",
          "HTTP/1.1 200 OK\r\nContent-Ty",
          "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n",
          "HTTP/1.1 2xx OK\r\n\r\n",
          "SSH-2.0-OpenSSH\r\n\r\n",
          "\r\n".repeat(20),
          OK + "A: " + "x".repeat(20_000) + "\r\n\r\n",
          OK + "A: x\r\n".repeat(300) + "\r\n",
          "HTTP/1.1 100 Continue\r\n\r\n");

  private final VendorHttp http = new VendorHttp(Duration.ofSeconds(20), List.of());

  @AfterEach
  void stop() {
    http.close();
  }

  @ParameterizedTest
  @FieldSource("KEPT")
  void answer_endsByItself_completeAndConnectionKept(String raw) {
    try (RawPeer peer = saying(raw)) {
      assertComplete(post(peer));
      assertComplete(post(peer));
      assertThat(peer.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @FieldSource("COMPLETE_NOT_KEPT")
  void answer_leavesDoubtAboutTheNextOne_completeAndConnectionGivenUp(String raw) {
    try (RawPeer peer = closingAfter(raw)) {
      assertComplete(post(peer));
      assertComplete(post(peer));
      assertThat(peer.connections()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @FieldSource("CUT")
  void answer_bodyBrokenOff_statusWithoutSuccess(String raw) {
    try (RawPeer peer = closingAfter(raw)) {
      assertThat(post(peer))
          .isInstanceOfSatisfying(
              HttpReply.class,
              reply -> {
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.isSuccess()).isFalse();
              });
      assertThat(peer.bodies).hasSize(1);
    }
  }

  @ParameterizedTest
  @FieldSource("NO_ANSWER")
  void answer_headBrokenOffOrNotHttp_inDoubtAndNotRepeated(String raw) {
    try (RawPeer peer = closingAfter(raw)) {
      assertThat(post(peer))
          .isInstanceOfSatisfying(
              HttpFailure.class,
              failure -> assertThat(failure.result().code()).isEqualTo(SendCode.NO_REPLY));
      assertThat(peer.bodies).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304})
  void answer_statusWithoutBody_completeAndConnectionKept(int status) {
    try (RawPeer peer = saying("HTTP/1.1 " + status + " None\r\n\r\n")) {
      for (int i = 0; i < 2; i++) {
        assertThat(post(peer))
            .isInstanceOfSatisfying(
                HttpReply.class,
                reply -> {
                  assertThat(reply.status()).isEqualTo(status);
                  assertThat(reply.complete()).isTrue();
                });
      }
      assertThat(peer.connections()).isEqualTo(1);
    }
  }

  @Test
  void answer_lengthFarBeyondTheLimit_cutWithoutReadingOn() {
    String start = OK + "Content-Length: 99999999999\r\n\r\n";
    try (RawPeer peer = saying(start + "x".repeat(3 << 20))) {
      assertThat(post(peer))
          .isInstanceOfSatisfying(
              HttpReply.class,
              reply -> {
                assertThat(reply.complete()).isFalse();
                assertThat(reply.body()).hasSize(2 << 20);
              });
    }
  }

  @Test
  void answer_headers_foundWhateverTheirCase() {
    try (RawPeer peer = saying(OK + "rEtRy-aFtEr: 7\r\nContent-Length: 0\r\n\r\n")) {
      assertThat(post(peer))
          .isInstanceOfSatisfying(
              HttpReply.class,
              reply -> assertThat(reply.headers().firstValue("Retry-After")).contains("7"));
    }
  }

  private static RawPeer saying(String raw) {
    return new RawPeer(wire -> {
      while (wire.request() != null) {
        wire.say(raw);
      }
    });
  }

  private static RawPeer closingAfter(String raw) {
    return new RawPeer(wire -> {
      wire.request();
      wire.say(raw);
    });
  }

  private HttpOutcome post(RawPeer peer) {
    byte[] body = "ask".getBytes(StandardCharsets.UTF_8);
    return http.post(peer.uri("http"), Map.of(), body, Duration.ofSeconds(20));
  }

  private static void assertComplete(HttpOutcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            HttpReply.class,
            reply -> {
              assertThat(reply.isSuccess()).isTrue();
              assertThat(reply.body()).isEqualTo("hello");
            });
  }
}
