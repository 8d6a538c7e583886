package dev.beckon.access;

import dev.beckon.account.TestTwin;
import dev.beckon.privacy.Scrubber;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.VerificationJwkSelector;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodeValidator;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads tokens of one OpenID Connect issuer (RFC 9068 and its kin): signed with a key pair, made
 * for us, in date. Thread-safe.
 */
final class Tokens {
  private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);

  /** Key pairs alone: whoever has a public key could else make tokens with it. */
  private static final String[] ALGORITHMS = {
    AlgorithmIdentifiers.RSA_USING_SHA256,
    AlgorithmIdentifiers.RSA_USING_SHA384,
    AlgorithmIdentifiers.RSA_USING_SHA512,
    AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
    AlgorithmIdentifiers.RSA_PSS_USING_SHA384,
    AlgorithmIdentifiers.RSA_PSS_USING_SHA512,
    AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
    AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
    AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512
  };

  private static final int SKEW_SECONDS = 60;
  private static final int LONGEST = 8 * 1024;
  private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
  private static final Pattern SCOPE = Pattern.compile("beckon[:.]([a-z]+)");
  private static final List<String> SCOPE_CLAIMS = List.of("scope", "scp", "roles");

  private final TokenIssuer issuer;
  private final IssuerKeys keys;
  private final Clock clock;

  Tokens(TokenIssuer issuer, IssuerKeys keys, Clock clock) {
    this.issuer = issuer;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * Who a token is about; empty when it opens nothing.
   *
   * @throws IssuerKeys.UnreachableException when nothing can be said
   */
  Optional<BearerGatekeeper.Proved> read(String token) {
    if (token.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      return caller(consumer().processToClaims(token))
          .map(caller -> new BearerGatekeeper.Proved(caller, KeyGrant.USUAL_PER_MINUTE));
    } catch (InvalidJwtException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof IssuerKeys.UnreachableException unreachable) {
          throw unreachable; // the library takes it for a fault of the token
        }
      }
      // its codes alone: its message repeats the token
      LOG.debug(
          "a token was refused, codes {}",
          e.getErrorDetails().stream().map(ErrorCodeValidator.Error::getErrorCode).toList());
    } catch (MalformedClaimException e) {
      LOG.debug("a token was refused: a claim has another type than it should");
    }
    return Optional.empty();
  }

  private JwtConsumer consumer() {
    return new JwtConsumerBuilder()
        .setJwsAlgorithmConstraints(ConstraintType.PERMIT, ALGORITHMS)
        .setVerificationKeyResolver((token, nesting) -> key(token))
        .setExpectedIssuer(true, issuer.issuer())
        .setExpectedAudience(true, issuer.audience())
        .setRequireSubject()
        .setRequireExpirationTime()
        .setAllowedClockSkewInSeconds(SKEW_SECONDS)
        .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
        .build();
  }

  private Key key(JsonWebSignature token) throws UnresolvableKeyException {
    try {
      JsonWebKey found = select(token, keys.known());
      if (found == null) {
        found = select(token, keys.askedAnew());
      }
      if (found == null) {
        throw new UnresolvableKeyException("the issuer has no such key");
      }
      return found.getKey();
    } catch (JoseException e) {
      throw new UnresolvableKeyException("the key cannot be told", e);
    }
  }

  private static JsonWebKey select(JsonWebSignature token, List<JsonWebKey> keys)
      throws JoseException {
    return new VerificationJwkSelector().select(token, keys);
  }

  private Optional<Caller> caller(JwtClaims claims) throws MalformedClaimException {
    String account = claims.getStringClaimValue("beckon_account");
    String subject = claims.getSubject();
    String label = claims.getStringClaimValue("beckon_kind");
    KeyKind kind = label == null ? KeyKind.LIVE : KeyKind.ofLabel(label).orElse(null);
    // whom a team may reach is listed with a key; a token has no place for it
    if (account == null
        || !ACCOUNT.matcher(account).matches()
        || subject.isBlank()
        || kind == null
        || kind == KeyKind.TEAM) {
      LOG.debug("a token was refused: its claims beckon_account or beckon_kind are no use");
      return Optional.empty();
    }
    return Optional.of(
        new Caller(
            kind == KeyKind.TEST ? TestTwin.of(account) : account,
            account,
            Scrubber.scrub(subject).replace('@', '_') + "@" + issuer.host(),
            "token-" + fingerprint(account + "\n" + subject),
            kind,
            scopes(claims),
            Set.of()));
  }

  private static Set<Scope> scopes(JwtClaims claims) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (String name : SCOPE_CLAIMS) {
      Object value = claims.getClaimValue(name);
      List<?> words =
          switch (value) {
            case String text -> List.of(text.split(" ", -1));
            case Collection<?> several -> List.copyOf(several);
            case null, default -> List.of();
          };
      for (Object word : words) {
        Matcher matcher = SCOPE.matcher(String.valueOf(word));
        if (matcher.matches()) {
          Scope.ofLabel(matcher.group(1)).ifPresent(scopes::add);
        }
      }
    }
    return scopes;
  }

  /** Limits are counted under it, and a subject may be an address. */
  private static String fingerprint(String subject) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(subject.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 12);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
