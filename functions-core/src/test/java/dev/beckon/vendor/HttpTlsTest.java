package dev.beckon.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over TLS, with a certificate for {@code localhost} that only its own client trusts. */
class HttpTlsTest {
  private static final Duration AMPLE = Duration.ofSeconds(60);
  private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

  private KeyStore store;
  private SSLContext server;
  private VendorHttp http;

  @BeforeEach
  void start() throws Exception {
    store = KeyStore.getInstance("PKCS12");
    try (var file = getClass().getResourceAsStream("/vendor/localhost.p12")) {
      store.load(file, "changeit".toCharArray());
    }
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, "changeit".toCharArray());
    server = SSLContext.getInstance("TLS");
    server.init(keys.getKeyManagers(), null, null);
    http = http(trusting());
  }

  @AfterEach
  void stop() {
    http.close();
  }

  @Test
  void post_trustedCertificate_sentOverOneConnectionWithTheServersName() throws Exception {
    AtomicReference<String> named = new AtomicReference<>();
    try (RawPeer peer =
        peer(wire -> {
          while (wire.request() != null) {
            var session = (ExtendedSSLSession) ((SSLSocket) wire.socket).getSession();
            named.set(session.getRequestedServerNames().toString());
            wire.say(HELLO);
          }
        })) {
      assertSuccess(post(peer, bytes(3)));
      assertSuccess(post(peer, bytes(5 << 20)));

      assertThat(named.get()).contains("localhost");
      assertThat(peer.connections()).isEqualTo(1);
      assertThat(peer.bodies).extracting(String::length).containsExactly(3, 5 << 20);
    }
  }

  @Test
  void post_keptConnectionClosedMeanwhile_replaced() throws Exception {
    try (RawPeer peer =
        peer(wire -> {
          wire.request();
          wire.say(HELLO);
          wire.socket.close();
        })) {
      for (int i = 0; i < 3; i++) {
        HttpOutcome outcome = post(peer, bytes(3));
        // the farewell may still be under way when the next request is written: then it is doubt
        if (outcome instanceof HttpFailure failure) {
          assertThat(failure.result().code()).isEqualTo(SendCode.NO_REPLY);
        } else {
          assertSuccess(outcome);
        }
      }
      assertThat(peer.bodies.size()).isLessThanOrEqualTo(3);
    }
  }

  @Test
  void post_certificateNobodyVouchesFor_notWritten() throws Exception {
    try (VendorHttp ordinary = http(SSLContext::getDefault);
        RawPeer peer = peer(RawPeer.Wire::request)) {
      assertNotWritten(ordinary.post(peer.uri("https"), Map.of(), bytes(3), AMPLE));
      assertThat(peer.bodies).isEmpty();
    }
  }

  @Test
  void post_certificateOfAnotherHost_notWritten() throws Exception {
    try (RawPeer peer = peer(RawPeer.Wire::request)) {
      URI uri = URI.create("https://127.0.0.1:" + peer.port() + "/");

      assertNotWritten(http.post(uri, Map.of(), bytes(3), AMPLE));
      assertThat(peer.bodies).isEmpty();
    }
  }

  @Test
  void post_answerCutOffWithoutFarewell_notComplete() throws Exception {
    ServerSocket plain = RawPeer.listening(InetAddress.getLoopbackAddress());
    try (RawPeer peer =
        new RawPeer(
            plain,
            wire -> {
              SSLSocket tls =
                  (SSLSocket) server.getSocketFactory().createSocket(wire.socket, null, 0, false);
              tls.setUseClientMode(false);
              tls.getInputStream().read(new byte[4096]);
              tls.getOutputStream()
                  .write(
                      "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello"
                          .getBytes(StandardCharsets.US_ASCII));
              wire.socket.close();
            })) {
      assertThat(post(peer, bytes(3)))
          .isInstanceOfSatisfying(
              HttpReply.class,
              reply -> {
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.isSuccess()).isFalse();
              });
    }
  }

  private RawPeer peer(RawPeer.Conversation conversation) throws Exception {
    return new RawPeer(
        server.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
        conversation);
  }

  private HttpConnector.Trust trusting() throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("localhost", store.getCertificate(store.aliases().nextElement()));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return () -> context;
  }

  private static VendorHttp http(HttpConnector.Trust trust) {
    HttpConnector connector = new HttpConnector(AMPLE, InetAddress::getAllByName, trust);
    return new VendorHttp(connector, List.of(), 8, InstantSource.system());
  }

  private HttpOutcome post(RawPeer peer, byte[] body) {
    return http.post(peer.uri("https"), Map.of(), body, AMPLE);
  }

  private static byte[] bytes(int length) {
    return new byte[length];
  }

  private static void assertSuccess(HttpOutcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(HttpReply.class, reply -> assertThat(reply.isSuccess()).isTrue());
  }

  private static void assertNotWritten(HttpOutcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            HttpFailure.class,
            failure -> assertThat(failure.result().code()).isEqualTo(SendCode.UNAVAILABLE));
  }
}
