package dev.beckon.access;

import dev.beckon.events.EventLog;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.SequencedMap;

/** Wires who may ask for what. All parts are thread-safe. */
public final class AccessParts {
  private final ApiKeys keys;
  private final Gatekeeper gatekeeper;

  /**
   * @param secrets of the installation by their ids, the current one first: texts of keys carry a
   *     check that is made with it
   * @param issuer whose tokens are taken beside keys
   */
  public AccessParts(
      ApiKeyStore store,
      RequestCounts counts,
      SequencedMap<String, byte[]> secrets,
      Optional<TokenIssuer> issuer,
      EventLog events,
      SecureRandom random,
      Clock clock) {
    KeyTexts texts = new KeyTexts(secrets);
    this.keys = new ApiKeys(store, texts, events, random, clock);
    this.gatekeeper =
        new BearerGatekeeper(
            texts,
            new KeyRing(store, clock),
            issuer.map(
                known -> new Tokens(known, new IssuerKeys(known, new IssuerSite(), clock), clock)),
            new RequestLimits(counts, clock),
            events,
            clock);
  }

  public ApiKeys keys() {
    return keys;
  }

  public Gatekeeper gatekeeper() {
    return gatekeeper;
  }
}
