package dev.beckon.intake;

import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.Recipient;
import dev.beckon.privacy.RecipientHasher;
import dev.beckon.privacy.UnreadableException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Suppressions as they apply to stored invitations, whichever key a hash was made with.
 * Thread-safe.
 */
public final class SuppressedRecipients {
  private final Suppressions suppressions;
  private final RecipientHasher hasher;
  private final SealedFields sealed;

  public SuppressedRecipients(
      Suppressions suppressions, RecipientHasher hasher, SealedFields sealed) {
    this.suppressions = suppressions;
    this.hasher = hasher;
    this.sealed = sealed;
  }

  /** The ids of those of an account's invitations whose recipient is suppressed. */
  public Set<String> among(String account, Collection<Invitation> rows) {
    return hasher.isRotating() ? amongAny(account, rows) : amongStored(account, rows);
  }

  private Set<String> amongStored(String account, Collection<Invitation> rows) {
    Set<String> suppressed =
        suppressions.among(account, rows.stream().map(Invitation::hash).toList());
    if (suppressed.isEmpty()) {
      return Set.of();
    }
    return rows.stream()
        .filter(row -> suppressed.contains(row.hash()))
        .map(Invitation::id)
        .collect(Collectors.toSet());
  }

  private Set<String> amongAny(String account, Collection<Invitation> rows) {
    Map<String, Set<String>> hashes = new HashMap<>();
    rows.forEach(row -> hashes.put(row.id(), hashes(row)));
    Set<String> asked = new HashSet<>();
    hashes.values().forEach(asked::addAll);
    Set<String> suppressed = suppressions.among(account, asked);
    Set<String> found = new HashSet<>();
    hashes.forEach((id, own) -> {
      if (own.stream().anyMatch(suppressed::contains)) {
        found.add(id);
      }
    });
    return found;
  }

  /** Suppresses an invitation's recipient; a repeat changes nothing. */
  public void add(Invitation row, String why, Instant at) {
    for (String hash : hashes(row)) {
      suppressions.add(row.account(), hash, why, at);
    }
  }

  /** The hash it is stored under, and those its address has under the keys of today. */
  private Set<String> hashes(Invitation row) {
    Set<String> hashes = new LinkedHashSet<>(List.of(row.hash()));
    try {
      String address = sealed.open(row.account(), row.sealed()).address();
      if (!address.isEmpty()) {
        hashes.addAll(hasher.all(new Recipient(row.channel(), address)));
      }
    } catch (UnreadableException e) {
      return hashes; // its address is gone: what it was stored under must do
    }
    return hashes;
  }
}
