package dev.beckon.invitation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which invitations are meant: those that fit everything that is given. Immutable.
 *
 * @param account null for every account, as only those who run the installation may ask
 * @param hashes of one recipient, a hash for each channel; empty for anybody
 * @param reference what their sender called them; one account's, so it needs the account
 * @param states any of these; empty for all
 * @param since those that changed at this moment or later
 * @param reason part of the note of the last journal entry, A to Z in any case
 */
public record Search(
    @Nullable String account,
    Set<String> hashes,
    @Nullable String token,
    @Nullable String reference,
    @Nullable String dispatch,
    @Nullable String batch,
    Set<InvitationState> states,
    @Nullable Instant since,
    @Nullable String reason) {

  public Search {
    hashes = Set.copyOf(hashes);
    states = Set.copyOf(states);
    if (reference != null && account == null) {
      throw new IllegalArgumentException("a reference is looked for in one account: name it");
    }
  }

  /** In every account, by any reference. */
  public Search(
      Set<String> hashes,
      @Nullable String token,
      @Nullable String dispatch,
      @Nullable String batch,
      Set<InvitationState> states,
      @Nullable Instant since,
      @Nullable String reason) {
    this(null, hashes, token, null, dispatch, batch, states, since, reason);
  }

  /** Every invitation there is. */
  public static Search all() {
    return new Search(Set.of(), null, null, null, Set.of(), null, null);
  }

  /** The same search in these states. */
  public Search in(Set<InvitationState> those) {
    return new Search(account, hashes, token, reference, dispatch, batch, those, since, reason);
  }

  /** In words; names neither recipient nor token. */
  @Override
  public String toString() {
    List<String> words = new ArrayList<>();
    if (account != null) {
      words.add("account " + account);
    }
    if (!hashes.isEmpty()) {
      words.add("one recipient");
    }
    if (token != null) {
      words.add("one token");
    }
    if (reference != null) {
      words.add("reference " + reference);
    }
    if (dispatch != null) {
      words.add("dispatch " + dispatch);
    }
    if (batch != null) {
      words.add("batch " + batch);
    }
    if (!states.isEmpty()) {
      words.add(
          "state "
              + EnumSet.copyOf(states).stream().map(Enum::name).collect(Collectors.joining(", ")));
    }
    if (since != null) {
      words.add("changed since " + since);
    }
    if (reason != null) {
      words.add("reason containing \"" + reason + "\"");
    }
    return words.isEmpty() ? "everything" : String.join("; ", words);
  }

  /** Whether a last note fits. */
  public boolean fitsNote(String note) {
    return reason == null || folded(note).contains(folded(reason));
  }

  /** With A to Z as a to z and nothing else changed: the one folding all stores agree on. */
  public static String folded(String text) {
    StringBuilder folded = new StringBuilder(text.length());
    text.chars().forEach(c -> folded.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c)));
    return folded.toString();
  }
}
