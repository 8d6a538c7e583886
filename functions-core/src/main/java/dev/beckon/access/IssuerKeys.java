package dev.beckon.access;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.json.StrictJson;
import dev.beckon.privacy.Failures;
import java.io.IOException;
import java.net.URI;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public keys of a token issuer, as it publishes them. They are asked for every ten minutes
 * while tokens come, earlier when a token names one that is not known, and never twice within half
 * a minute, whatever tokens say. An issuer that does not answer is believed for an hour more.
 * Thread-safe.
 */
final class IssuerKeys {
  private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

  static final Duration FRESH = Duration.ofMinutes(10);
  static final Duration BETWEEN = Duration.ofSeconds(30);
  static final Duration BELIEVED = Duration.ofHours(1);

  /** There are no keys to check tokens with; nothing is said of the token. */
  static final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreachableException() {
      super("the issuer of tokens does not answer, or with something else than keys");
    }
  }

  /**
   * @param readAt when they were asked for
   */
  private record Known(List<JsonWebKey> keys, Instant readAt) {}

  private final TokenIssuer issuer;
  private final IssuerSite site;
  private final StrictJson json = new StrictJson();
  private final Clock clock;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile Known known = new Known(List.of(), Instant.EPOCH);
  private volatile Instant triedAt = Instant.EPOCH;

  IssuerKeys(TokenIssuer issuer, IssuerSite site, Clock clock) {
    this.issuer = issuer;
    this.site = site;
    this.clock = clock;
  }

  /**
   * The keys that are known now.
   *
   * @throws UnreachableException when there are none
   */
  List<JsonWebKey> known() {
    if (isOlderThan(FRESH)) {
      ask();
    }
    if (isOlderThan(BELIEVED)) {
      throw new UnreachableException();
    }
    return known.keys();
  }

  /** The keys after a look at what the issuer has now; the same ones if there was one just now. */
  List<JsonWebKey> askedAnew() {
    ask();
    return known();
  }

  private boolean isOlderThan(Duration age) {
    return !clock.instant().isBefore(known.readAt().plus(age));
  }

  private void ask() {
    if (isOlderThan(BELIEVED)) {
      asking.lock(); // nothing can be said before there is an answer
    } else if (!asking.tryLock()) {
      return;
    }
    try {
      Instant now = clock.instant();
      if (now.isBefore(triedAt.plus(BETWEEN))) {
        return;
      }
      triedAt = now;
      known = new Known(fetch(), now);
    } catch (IOException | StrictJson.MalformedException | JoseException e) {
      LOG.warn(
          "the keys of the token issuer were not read; those known are used for an hour: {}",
          Failures.tell(e));
    } finally {
      asking.unlock();
    }
  }

  private List<JsonWebKey> fetch()
      throws IOException, StrictJson.MalformedException, JoseException {
    JsonNode discovered = json.parse(site.get(issuer.discovery()));
    if (!discovered.path("issuer").asText().equals(issuer.issuer())) {
      throw new IOException("the document is about another issuer than BECKON_OIDC_ISSUER names");
    }
    String address = discovered.path("jwks_uri").asText();
    if (!TokenIssuer.isSafe(address)) {
      throw new IOException("the issuer's keys are not at an https address");
    }
    String set = site.get(URI.create(address));
    json.parse(set);
    List<JsonWebKey> keys =
        new JsonWebKeySet(set)
            .getJsonWebKeys().stream()
                .filter(key ->
                    key.getKey() instanceof RSAPublicKey || key.getKey() instanceof ECPublicKey)
                .toList();
    if (keys.isEmpty()) {
      throw new IOException("the issuer has no RSA or EC keys");
    }
    return keys;
  }
}
