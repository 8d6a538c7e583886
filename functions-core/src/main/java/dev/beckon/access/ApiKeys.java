package dev.beckon.access;

import dev.beckon.account.Secret;
import dev.beckon.events.Event;
import dev.beckon.events.EventLog;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes, lists and revokes keys; each change is an event with who and what. Thread-safe. */
public final class ApiKeys {
  private static final String ID_DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789";

  /**
   * A new key.
   *
   * @param text what its owner needs; nobody can tell it a second time
   */
  public record Issued(ApiKey key, Secret text) {}

  private final ApiKeyStore store;
  private final KeyTexts texts;
  private final EventLog events;
  private final SecureRandom random;
  private final Clock clock;

  ApiKeys(ApiKeyStore store, KeyTexts texts, EventLog events, SecureRandom random, Clock clock) {
    this.store = store;
    this.texts = texts;
    this.events = events;
    this.random = random;
    this.clock = clock;
  }

  /**
   * Makes a key.
   *
   * @param account whose document holds
   * @param grant without {@link KeyGrant#problems}
   * @param by who makes it, as events tell
   */
  public Issued issue(String account, KeyGrant grant, String by) {
    Instant now = clock.instant();
    String id = id();
    byte[] secret = new byte[KeyTexts.SECRET_BYTES];
    random.nextBytes(secret);
    Secret text = texts.write(grant.kind(), id, secret);
    ApiKey key = new ApiKey(id, account, grant, texts.digest(text), now, by, null, null);
    store.add(key);
    String until = grant.expires() == null ? "without an end" : "until " + grant.expires();
    tell(
        now,
        "key-created",
        key,
        by
            + " made the "
            + key.told()
            + ", kind "
            + grant.kind().label()
            + ", for "
            + grant.scopes().stream().map(Scope::label).sorted().collect(Collectors.joining(", "))
            + ", "
            + until);
    return new Issued(key, text);
  }

  /** Keys of an account, by their ids; see {@link ApiKeyStore#list}. */
  public List<ApiKey> list(String account, Set<KeyKind> kinds, String after, int limit) {
    return store.list(account, kinds, after, limit);
  }

  /**
   * Ends a key; it opens nothing any more within 10 s, wherever it was used.
   *
   * @return the key; empty when the account has none of that id
   */
  public Optional<ApiKey> revoke(String account, String id, String by) {
    Optional<ApiKey> found = store.find(id).filter(key -> key.account().equals(account));
    found.ifPresent(key -> {
      Instant now = clock.instant();
      if (store.revoke(id, now)) {
        tell(now, "key-revoked", key, by + " revoked the " + key.told());
      }
    });
    return found;
  }

  private void tell(Instant at, String code, ApiKey key, String message) {
    events.write(
        new Event(
            at, Event.Level.INFORMATION, code, code + "/" + key.id(), key.account(), message));
  }

  private String id() {
    StringBuilder id = new StringBuilder();
    for (int i = 0; i < KeyTexts.ID_LENGTH; i++) {
      id.append(ID_DIGITS.charAt(random.nextInt(ID_DIGITS.length())));
    }
    return id.toString();
  }
}
