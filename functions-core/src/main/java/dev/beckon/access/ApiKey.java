package dev.beckon.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is stored: nobody can make its text of it. Immutable.
 *
 * @param id stands in the key's text, in events and in journals; no secret
 * @param account whose document holds; a TEST key acts in its twin
 * @param digest SHA-256 of the text, in hexadecimal
 * @param lastUsedAt to the minute; null when it never was
 */
public record ApiKey(
    String id,
    String account,
    KeyGrant grant,
    String digest,
    Instant createdAt,
    String createdBy,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsedAt) {

  /** Whether it opens anything. */
  public enum State {
    IN_FORCE,
    EXPIRED,
    REVOKED
  }

  public State state(Instant now) {
    if (revokedAt != null) {
      return State.REVOKED;
    }
    Instant expires = grant.expires();
    return expires != null && !expires.isAfter(now) ? State.EXPIRED : State.IN_FORCE;
  }

  /** As events and journals name it. */
  public String told() {
    return "key " + id + " (" + grant.name() + ")";
  }

  /** Without the digest: that is nobody's business. */
  @Override
  public String toString() {
    return "ApiKey[" + told() + " of " + account + "]";
  }
}
