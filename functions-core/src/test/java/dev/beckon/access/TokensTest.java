package dev.beckon.access;

import static dev.beckon.access.LoopbackIssuer.CURVE;
import static dev.beckon.access.LoopbackIssuer.RSA;
import static dev.beckon.access.LoopbackIssuer.STRANGER;
import static dev.beckon.access.LoopbackIssuer.signed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.bed.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
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

  private NumericDate at(Duration later) {
    return LoopbackIssuer.date(clock.instant().plus(later));
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
    assertThat(read(signed(claims(), algorithm, "r1", RSA.getPrivateKey()))).isPresent();
  }

  @Test
  void read_signedByCurve_isTaken() {
    assertThat(read(signed(claims(), "ES256", "e1", CURVE.getPrivateKey()))).isPresent();
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
    byte[] encoded = RSA.getPublicKey().getEncoded();
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
    assertThat(read(signed(claims(), "RS256", "r1", STRANGER.getPrivateKey()))).isEmpty();
  }

  @Test
  void read_keyOrItsPlaceInTheToken_isNotBelieved() {
    assertThat(
            read(
                signed(
                    claims(),
                    "RS256",
                    "x1",
                    STRANGER.getPrivateKey(),
                    head -> head.setJwkHeader(STRANGER))))
        .isEmpty();
    issuer.serve("/evil", "{\"keys\": [" + STRANGER.toJson() + "]}");
    assertThat(
            read(
                signed(
                    claims(),
                    "RS256",
                    "x1",
                    STRANGER.getPrivateKey(),
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
                    RSA.getPrivateKey(),
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
}
