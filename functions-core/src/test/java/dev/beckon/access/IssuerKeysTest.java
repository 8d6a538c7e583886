package dev.beckon.access;

import static dev.beckon.access.LoopbackIssuer.RSA;
import static dev.beckon.access.LoopbackIssuer.STRANGER;
import static dev.beckon.access.LoopbackIssuer.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.bed.TestClock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of an issuer, when, and what is believed of its answers. */
class IssuerKeysTest {
  private final TestClock clock = new TestClock();
  private LoopbackIssuer issuer;
  private Tokens tokens;

  @BeforeEach
  void start() {
    issuer = new LoopbackIssuer();
    tokens = issuer.tokens(clock);
  }

  @AfterEach
  void stop() {
    issuer.close();
  }

  private JwtClaims claims() {
    return issuer.claims(clock.instant());
  }

  private Optional<Caller> read(String token) {
    return tokens.read(token).map(BearerGatekeeper.Proved::caller);
  }

  @Test
  void read_manyTokens_askTheIssuerEveryTenMinutes() {
    for (int i = 0; i < 50; i++) {
      read(signed(claims()));
    }
    assertThat(issuer.asked(LoopbackIssuer.KEYS)).isEqualTo(1);

    clock.advance(IssuerKeys.FRESH);
    assertThat(read(signed(claims()))).isPresent();
    assertThat(issuer.asked(LoopbackIssuer.KEYS)).isEqualTo(2);
  }

  @Test
  void read_unknownKeyNames_askTheIssuerOnceInHalfAMinute() {
    for (int i = 0; i < 50; i++) {
      assertThat(read(signed(claims(), "RS256", "x" + i, STRANGER.getPrivateKey()))).isEmpty();
    }
    assertThat(issuer.asked(LoopbackIssuer.KEYS)).isEqualTo(1);

    clock.advance(IssuerKeys.BETWEEN);
    read(signed(claims(), "RS256", "x1", STRANGER.getPrivateKey()));
    read(signed(claims(), "RS256", "x2", STRANGER.getPrivateKey()));
    assertThat(issuer.asked(LoopbackIssuer.KEYS)).isEqualTo(2);
  }

  @Test
  void read_keyThatIsNew_isFoundWithoutWaitingTenMinutes() throws JoseException {
    assertThat(read(signed(claims()))).isPresent();
    RsaJsonWebKey next = RsaJwkGenerator.generateJwk(2048);
    next.setKeyId("r2");
    issuer.publish(next);
    clock.advance(IssuerKeys.BETWEEN);

    assertThat(read(signed(claims(), "RS256", "r2", next.getPrivateKey()))).isPresent();
    assertThat(read(signed(claims()))).isEmpty();
  }

  @Test
  void read_issuerDoesNotAnswer_isBelievedForAnHour() {
    assertThat(read(signed(claims()))).isPresent();
    issuer.answer(LoopbackIssuer.DISCOVERY, 503, Map.of());

    clock.advance(Duration.ofMinutes(59));
    assertThat(read(signed(claims()))).isPresent();
    clock.advance(Duration.ofMinutes(1));
    assertThatThrownBy(() -> read(signed(claims())))
        .isInstanceOf(IssuerKeys.UnreachableException.class);
  }

  @Test
  void read_issuerNeverAnswered_isAskedOnceInHalfAMinute() {
    issuer.answer(LoopbackIssuer.DISCOVERY, 503, Map.of());
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> read(signed(claims())))
          .isInstanceOf(IssuerKeys.UnreachableException.class);
    }
    assertThat(issuer.asked(LoopbackIssuer.DISCOVERY)).isEqualTo(1);
  }

  static Stream<String> uselessDiscovery() {
    return Stream.of(
        "{\"issuer\": \"https://evil.example\", \"jwks_uri\": \"KEYS\"}",
        "{\"issuer\": \"ISSUER\", \"jwks_uri\": \"http://keys.example/keys\"}",
        "{\"issuer\": \"ISSUER\", \"jwks_uri\": \"file:///etc/passwd\"}",
        "{\"issuer\": \"ISSUER\"}",
        "{\"issuer\": \"ISSUER\", \"jwks_uri\": \"KEYS\", \"jwks_uri\": \"KEYS\"}",
        "[]",
        "not json",
        "{\"issuer\": \"ISSUER\", \"jwks_uri\": \"KEYS\", \"more\": \""
            + "x".repeat(300_000)
            + "\"}");
  }

  @ParameterizedTest
  @MethodSource("uselessDiscovery")
  void read_uselessDiscovery_isNoIssuer(String document) {
    issuer.serve(
        LoopbackIssuer.DISCOVERY,
        document
            .replace("ISSUER", issuer.name())
            .replace("KEYS", issuer.address(LoopbackIssuer.KEYS)));

    assertThatThrownBy(() -> read(signed(claims())))
        .isInstanceOf(IssuerKeys.UnreachableException.class);
    assertThat(issuer.asked(LoopbackIssuer.KEYS)).isZero();
  }

  @Test
  void read_redirectToOtherKeys_isNotFollowed() {
    issuer.serve("/evil", "{\"keys\": [" + STRANGER.toJson() + "]}");
    issuer.answer(LoopbackIssuer.KEYS, 302, Map.of("Location", issuer.address("/evil")));

    assertThatThrownBy(() -> read(signed(claims())))
        .isInstanceOf(IssuerKeys.UnreachableException.class);
    assertThat(issuer.asked("/evil")).isZero();
  }

  @Test
  void read_issuerPublishesASecretKey_isNotUsed() {
    byte[] secret = new byte[32];
    issuer.serve(
        LoopbackIssuer.KEYS,
        "{\"keys\": [{\"kty\": \"oct\", \"kid\": \"s1\", \"k\": \""
            + Base64.getUrlEncoder().withoutPadding().encodeToString(secret)
            + "\"}, "
            + RSA.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY)
            + "]}");

    assertThat(read(signed(claims(), "HS256", "s1", new HmacKey(secret)))).isEmpty();
    assertThat(read(signed(claims()))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://login.example",
        "ftp://login.example",
        "https://",
        "https://user@login.example",
        "https://login.example?tenant=1",
        "https://login.example#x",
        "login.example",
        "http://127.0.0.1.evil.example"
      })
  void issuer_unsafeAddress_isRefused(String address) {
    assertThatThrownBy(() -> new TokenIssuer(address, "beckon"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("https");
  }

  @Test
  void issuer_withoutAudience_isRefused() {
    assertThatThrownBy(() -> new TokenIssuer("https://login.example", " "))
        .hasMessageContaining("audience");
  }
}
