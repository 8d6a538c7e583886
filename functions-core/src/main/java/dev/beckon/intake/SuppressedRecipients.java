package dev.beckon.intake;

import dev.beckon.invitation.Alternative;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.Recipient;
import dev.beckon.privacy.RecipientHasher;
import dev.beckon.privacy.UnreadableException;
import java.time.Instant;
import java.util.ArrayList;
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

  /**
   * The ids of those of an account's invitations whose recipient is suppressed by an address they
   * went out by or are to.
   */
  public Set<String> among(String account, Collection<Invitation> rows) {
    return hasher.isRotating() ? amongAny(account, rows) : amongStored(account, rows);
  }

  private Set<String> amongStored(String account, Collection<Invitation> rows) {
    List<String> asked = new ArrayList<>(rows.size());
    rows.forEach(row -> asked.addAll(row.usedHashes()));
    Set<String> suppressed = suppressions.among(account, asked);
    if (suppressed.isEmpty()) {
      return Set.of();
    }
    return rows.stream()
        .filter(row -> row.usedHashes().stream().anyMatch(suppressed::contains))
        .map(Invitation::id)
        .collect(Collectors.toSet());
  }

  private Set<String> amongAny(String account, Collection<Invitation> rows) {
    Map<String, Set<String>> hashes = new HashMap<>();
    rows.forEach(row -> hashes.put(row.id(), used(row)));
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

  /** Suppresses an invitation's recipient, by all addresses; a repeat changes nothing. */
  public void add(Invitation row, String why, Instant at) {
    for (String hash : all(row)) {
      suppressions.add(row.account(), hash, why, at);
    }
  }

  private Set<String> used(Invitation row) {
    Alternative other = row.alternative();
    return hashes(row, row.usedHashes(), other != null && !other.isOpen());
  }

  private Set<String> all(Invitation row) {
    return hashes(row, row.hashes(), true);
  }

  /** The hashes it is stored under, and those its addresses have under the keys of today. */
  private Set<String> hashes(Invitation row, List<String> stored, boolean everyAddress) {
    Set<String> hashes = new LinkedHashSet<>(stored);
    try {
      SealedFields.Opened opened = sealed.open(row.account(), row.sealed());
      add(hashes, row.channel(), opened);
      Alternative other = row.alternative();
      if (other != null && everyAddress) {
        add(hashes, other.channel(), opened);
      }
    } catch (UnreadableException e) {
      return hashes; // its addresses are gone: what it was stored under must do
    }
    return hashes;
  }

  private void add(Set<String> hashes, Channel channel, SealedFields.Opened opened) {
    String address = opened.address(channel);
    if (!address.isEmpty()) {
      hashes.addAll(hasher.all(new Recipient(channel, address)));
    }
  }
}
