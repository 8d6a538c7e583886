package dev.beckon.access;

import java.util.Set;

/**
 * Whoever made a request, after they proved it. Immutable.
 *
 * @param account where they act: an account, or the test twin of one for a key of kind TEST
 * @param home the account whose document holds: the same without the twin's mark
 * @param name for events and journals, such as {@code key 3f9c… (crm)} or {@code ada@idp}; no
 *     secret and no address
 * @param id of the key, or of the token's subject: limits are counted by it
 * @param recipients hashes of those a TEAM key may reach; empty for the other kinds
 */
public record Caller(
    String account,
    String home,
    String name,
    String id,
    KeyKind kind,
    Set<Scope> scopes,
    Set<String> recipients) {
  public Caller {
    scopes = Set.copyOf(scopes);
    recipients = Set.copyOf(recipients);
  }

  public boolean may(Scope scope) {
    return scopes.contains(scope);
  }
}
