package dev.beckon.operations;

import dev.beckon.intake.RecipientReader;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationSearch;
import dev.beckon.invitation.InvitationSearch.Found;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.invitation.Recipient;
import dev.beckon.invitation.Search;
import dev.beckon.parcel.ParcelStore;
import dev.beckon.parcel.ParcelStore.Listed;
import dev.beckon.parcel.ParcelStore.Listing;
import dev.beckon.privacy.RecipientHasher;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers an operator's questions about invitations and parcels. Thread-safe. */
public final class Finder {
  private static final Set<InvitationState> STUCK =
      Set.of(InvitationState.FAILED, InvitationState.DEAD, InvitationState.IN_DOUBT);

  private final InvitationSearch search;
  private final InvitationStore invitations;
  private final ParcelStore parcels;
  private final RecipientHasher hasher;
  private final RecipientReader reader = new RecipientReader();

  Finder(Operations parts) {
    this.search = parts.search();
    this.invitations = parts.invitations();
    this.parcels = parts.parcels();
    this.hasher = parts.hasher();
  }

  /**
   * A page of what was found.
   *
   * @param counts of the whole search, by state
   * @param more how many follow behind this page
   */
  public record Result(List<Found> rows, Map<InvitationState, Long> counts, long more) {}

  /**
   * An invitation and what holds it.
   *
   * @param parcels in the order they were created
   */
  public record History(Invitation invitation, List<Listed> parcels) {}

  /**
   * The hashes by which a recipient is found: searching and storing know no address.
   *
   * @param country ISO 3166 code for numbers without country code; null when there is none
   * @throws IllegalArgumentException saying what is wrong with the address, without repeating it
   */
  public Set<String> hashes(String address, @Nullable String country) {
    return recipients(address, country).stream()
        .flatMap(recipient -> hasher.all(recipient).stream())
        .collect(Collectors.toSet());
  }

  /**
   * The recipients an address may stand for.
   *
   * @param country ISO 3166 code for numbers without country code; null when there is none
   * @throws IllegalArgumentException saying what is wrong with the address, without repeating it
   */
  public List<Recipient> recipients(String address, @Nullable String country) {
    return reader.read(address, country);
  }

  /**
   * A page without sums.
   *
   * @param after the last id of the page before; empty for the first
   */
  public List<Found> page(Search wanted, String after, int limit) {
    return search.page(wanted, after, limit);
  }

  /**
   * @param after the last id of the page before; empty for the first
   */
  public Result find(Search wanted, String after, int limit) {
    List<Found> rows = search.page(wanted, after, limit);
    long more =
        rows.size() < limit
            ? 0
            : search.counts(wanted, rows.getLast().id()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    return new Result(rows, search.counts(wanted, ""), more);
  }

  /** Empty when there is no invitation of this id. */
  public Optional<History> history(String id) {
    return invitations.load(List.of(id)).stream()
        .findFirst()
        .map(found -> new History(found, parcels.holding(found.batch(), found.row())));
  }

  /** How many ended unsent or in doubt, by dispatch. */
  public Map<String, Map<InvitationState, Long>> stuck(String account) {
    return search.countsByDispatch(
        new Search(account, Set.of(), null, null, null, null, STUCK, null, null));
  }

  /**
   * Parcels that kept failing their workers.
   *
   * @param after the last id of the page before; empty for the first
   */
  public List<Listed> deadLettered(String account, String after, int limit) {
    return parcels.deadLettered(account, after, limit);
  }

  /**
   * @param after the last id of the page before; empty for the first
   */
  public List<Listed> parcels(Listing wanted, String after, int limit) {
    return parcels.list(wanted, after, limit);
  }
}
