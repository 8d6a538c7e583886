package dev.beckon.invitation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks for invitations on behalf of a person. Reads only. Thread-safe. Where it was told how long
 * it may look, every method throws {@link SearchTooLongException} after that time.
 */
public interface InvitationSearch {

  /** The same search, each look given up after a time. */
  InvitationSearch within(Duration most);

  /**
   * An invitation as a list shows it.
   *
   * @param redriven number of the redrive parcel that reopened it last; 0 when none did
   * @param reference what its sender calls it; null when they gave no name
   * @param last the newest entry of its journal
   */
  record Found(
      String id,
      String account,
      String dispatch,
      String batch,
      int row,
      Channel channel,
      InvitationState state,
      int attempts,
      Instant expires,
      long redriven,
      @Nullable String reference,
      JournalEntry last) {}

  /**
   * A page, in the order of the ids.
   *
   * @param after the last id of the page before; empty for the first
   */
  List<Found> page(Search search, String after, int limit);

  /**
   * How many there are in each state that occurs.
   *
   * @param after only those behind this id; empty for all
   */
  Map<InvitationState, Long> counts(Search search, String after);

  /** How many there are of each dispatch in each state that occurs. */
  Map<String, Map<InvitationState, Long>> countsByDispatch(Search search);
}
