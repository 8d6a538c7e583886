package dev.beckon.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.bed.TestClock;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
  private static RsaJsonWebKey rsa;
  private static RsaJsonWebKey stranger;
  private static PublicJsonWebKey curve;

  private final TestClock clock = new TestClock();
  private LoopbackIssuer issuer;
  private Tokens tokens;

  @BeforeAll
  static void makeKeys() throws JoseException {
    rsa = RsaJwkGenerator.generateJwk(2048);
    rsa.setKeyId("r1");
    rsa.setUse("sig");
    stranger = RsaJwkGenerator.generateJwk(2048);
    stranger.setKeyId("r1");
    curve = EcJwkGenerator.generateJwk(EllipticCurves.P256);
    curve.setKeyId("e1");
  }

  @BeforeEach
  void start() {
    issuer = new LoopbackIssuer();
    issuer.publish(rsa, curve);
    tokens = tokens(issuer.name());
  }

  @AfterEach
  void stop() {
    issuer.close();
  }

  private Tokens tokens(String name) {
    TokenIssuer known = new TokenIssuer(name, "beckon");
    return new Tokens(known, new IssuerKeys(known, new IssuerSite(), clock), clock);
  }

  private JwtClaims claims() {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(issuer.name());
    claims.setAudience("beckon");
    claims.setSubject("ada");
    claims.setExpirationTime(at(Duration.ofMinutes(5)));
    claims.setClaim("beckon_account", "hotel");
    claims.setClaim("scope", "openid beckon:read beckon.dispatch beckon:fly");
    return claims;
  }

  private NumericDate at(Duration later) {
    return NumericDate.fromMilliseconds(clock.instant().plus(later).toEpochMilli());
  }

  private static String signed(JwtClaims claims, String algorithm, String kid, Key key) {
    return signed(claims, algorithm, kid, key, head -> {});
  }

  private static String signed(
      JwtClaims claims, String algorithm, String kid, Key key, Consumer<JsonWebSignature> head) {
    JsonWebSignature token = new JsonWebSignature();
    token.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
    token.setAlgorithmHeaderValue(algorithm);
    token.setKeyIdHeaderValue(kid);
    token.setPayload(claims.toJson());
    token.setKey(key);
    head.accept(token);
    try {
      return token.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String signed(JwtClaims claims) {
    return signed(claims, "RS256", "r1", rsa.getPrivateKey());
  }

  private Optional<Caller> read(String token) {
    return tokens.read(token).map(BearerGatekeeper.Proved::caller);
  }

  @Test
  void read_soundToken_isItsCaller() {
    assertThat(read(signed(claims())))
        .hasValueSatisfying(caller -> {
          assertThat(caller.account()).isEqualTo("hotel");
          assertThat(caller.home()).isEqualTo("hotel");
          assertThat(caller.name()).isEqualTo("ada@127.0.0.1");
          assertThat(caller.kind()).isEqualTo(KeyKind.LIVE);
          assertThat(caller.scopes()).containsExactlyInAnyOrder(Scope.READ, Scope.DISPATCH);
          assertThat(caller.recipients()).isEmpty();
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
  void read_signedByRsa_isTaken(String algorithm) {
    assertThat(read(signed(claims(), algorithm, "r1", rsa.getPrivateKey()))).isPresent();
  }

  @Test
  void read_signedByCurve_isTaken() {
    assertThat(read(signed(claims(), "ES256", "e1", curve.getPrivateKey()))).isPresent();
  }

  @Test
  void read_scopesAsListOrRoles_areTaken() {
    JwtClaims claims = claims();
    claims.unsetClaim("scope");
    claims.setClaim("scp", List.of("beckon:configure"));
    claims.setClaim("roles", List.of("beckon.operate", "admin", 7));

    assertThat(read(signed(claims)).orElseThrow().scopes())
        .containsExactlyInAnyOrder(Scope.CONFIGURE, Scope.OPERATE);
  }

  @Test
  void read_withoutScopes_isACallerWhoMayNothing() {
    JwtClaims claims = claims();
    claims.unsetClaim("scope");

    assertThat(read(signed(claims)).orElseThrow().scopes()).isEmpty();
  }

  @Test
  void read_kindTest_actsInTheTwin() {
    JwtClaims claims = claims();
    claims.setClaim("beckon_kind", "test");

    assertThat(read(signed(claims)).orElseThrow())
        .extracting(Caller::account, Caller::home, Caller::kind)
        .containsExactly("hotel~test", "hotel", KeyKind.TEST);
  }

  @Test
  void read_subjectIsAnAddress_isNotInTheName() {
    JwtClaims claims = claims();
    claims.setSubject("ada@person.example");

    Caller caller = read(signed(claims)).orElseThrow();
    assertThat(caller.name()).isEqualTo("***@127.0.0.1");
    assertThat(caller.id()).matches("token-[0-9a-f]{24}");
  }

  @Test
  void read_subjectOfTwoAccounts_isLimitedApart() {
    JwtClaims claims = claims();
    claims.setClaim("beckon_account", "shop");

    assertThat(read(signed(claims)).orElseThrow().id())
        .isNotEqualTo(read(signed(claims())).orElseThrow().id());
  }

  static Stream<Arguments> wrongClaims() {
    return Stream.<Map.Entry<String, Consumer<JwtClaims>>>of(
            Map.entry("other issuer", claims -> claims.setIssuer("https://evil.example")),
            Map.entry(
                "issuer with a slash",
                claims -> claims.setIssuer(claims.getClaimValueAsString("iss") + "/")),
            Map.entry("no issuer", claims -> claims.unsetClaim("iss")),
            Map.entry("other audience", claims -> claims.setAudience("shop")),
            Map.entry("no audience", claims -> claims.unsetClaim("aud")),
            Map.entry("no subject", claims -> claims.unsetClaim("sub")),
            Map.entry("blank subject", claims -> claims.setSubject(" ")),
            Map.entry("no end", claims -> claims.unsetClaim("exp")),
            Map.entry("end is a text", claims -> claims.setClaim("exp", "soon")),
            Map.entry("no account", claims -> claims.unsetClaim("beckon_account")),
            Map.entry(
                "several accounts", claims -> claims.setClaim("beckon_account", List.of("a", "b"))),
            Map.entry(
                "a twin as account", claims -> claims.setClaim("beckon_account", "hotel~test")),
            Map.entry("empty account", claims -> claims.setClaim("beckon_account", "")),
            Map.entry("a path as account", claims -> claims.setClaim("beckon_account", "../hotel")),
            Map.entry("kind team", claims -> claims.setClaim("beckon_kind", "team")),
            Map.entry("unknown kind", claims -> claims.setClaim("beckon_kind", "root")),
            Map.entry("kind is a number", claims -> claims.setClaim("beckon_kind", 1)))
        .map(wrong -> Arguments.of(wrong.getKey(), wrong.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongClaims")
  void read_wrongClaims_opensNothing(String what, Consumer<JwtClaims> wrong) {
    JwtClaims claims = claims();
    wrong.accept(claims);

    assertThat(read(signed(claims))).isEmpty();
  }

  @Test
  void read_outOfDate_opensNothingButForAMinuteOfSkew() {
    JwtClaims over = claims();
    over.setExpirationTime(at(Duration.ofSeconds(-59)));
    JwtClaims longOver = claims();
    longOver.setExpirationTime(at(Duration.ofSeconds(-61)));
    JwtClaims soon = claims();
    soon.setNotBefore(at(Duration.ofSeconds(59)));
    JwtClaims later = claims();
    later.setNotBefore(at(Duration.ofSeconds(61)));

    assertThat(
            Stream.of(over, longOver, soon, later).map(claims -> read(signed(claims)).isPresent()))
        .containsExactly(true, false, true, false);
  }

  @Test
  void read_unsigned_opensNothing() {
    assertThat(read(signed(claims(), "none", null, null))).isEmpty();
    String[] parts = signed(claims()).split("\\.", -1);
    assertThat(read(parts[0] + "." + parts[1] + ".")).isEmpty();
  }

  @Test
  void read_signedWithThePublicKeyAsSecret_opensNothing() {
    byte[] encoded = rsa.getPublicKey().getEncoded();
    byte[] pem =
        ("-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
                + "\n-----END PUBLIC KEY-----\n")
            .getBytes(StandardCharsets.US_ASCII);

    for (byte[] secret : List.of(encoded, pem)) {
      assertThat(read(signed(claims(), "HS256", "r1", new HmacKey(secret)))).isEmpty();
    }
  }

  @Test
  void read_strangersKeyUnderAKnownName_opensNothing() {
    assertThat(read(signed(claims(), "RS256", "r1", stranger.getPrivateKey()))).isEmpty();
  }

  @Test
  void read_keyOrItsPlaceInTheToken_isNotBelieved() {
    assertThat(
            read(
                signed(
                    claims(),
                    "RS256",
                    "x1",
                    stranger.getPrivateKey(),
                    head -> head.setJwkHeader(stranger))))
        .isEmpty();
    issuer.serve("/evil", "{\"keys\": [" + stranger.toJson() + "]}");
    assertThat(
            read(
                signed(
                    claims(),
                    "RS256",
                    "x1",
                    stranger.getPrivateKey(),
                    head -> head.setHeader("jku", issuer.address("/evil")))))
        .isEmpty();
    assertThat(issuer.asked("/evil")).isZero();
  }

  @Test
  void read_unknownCriticalHeader_opensNothing() {
    assertThat(
            read(
                signed(
                    claims(),
                    "RS256",
                    "r1",
                    rsa.getPrivateKey(),
                    head -> {
                      head.setHeader("crit", List.of("door"));
                      head.setHeader("door", "open");
                    })))
        .isEmpty();
  }

  @Test
  void read_payloadChanged_opensNothing() {
    String[] parts = signed(claims()).split("\\.", -1);
    JwtClaims other = claims();
    other.setClaim("beckon_account", "shop");
    String[] theirs = signed(other).split("\\.", -1);

    assertThat(read(parts[0] + "." + theirs[1] + "." + parts[2])).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", "a.b.c", "e30.e30.e30", "eyJhbGciOiJSUzI1NiJ9.e30.AA", "....."})
  void read_noToken_opensNothing(String text) {
    assertThat(read(text)).isEmpty();
  }

  @Test
  void read_tooLong_opensNothing() {
    JwtClaims claims = claims();
    claims.setClaim("more", "x".repeat(8_000));

    assertThat(read(signed(claims))).isEmpty();
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
      assertThat(read(signed(claims(), "RS256", "x" + i, stranger.getPrivateKey()))).isEmpty();
    }
    assertThat(issuer.asked(LoopbackIssuer.KEYS)).isEqualTo(1);

    clock.advance(IssuerKeys.BETWEEN);
    read(signed(claims(), "RS256", "x1", stranger.getPrivateKey()));
    read(signed(claims(), "RS256", "x2", stranger.getPrivateKey()));
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
    issuer.serve("/evil", "{\"keys\": [" + stranger.toJson() + "]}");
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
            + rsa.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY)
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
