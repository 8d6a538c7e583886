package dev.beckon.memory;

import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationSearch;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.JournalEntry;
import dev.beckon.invitation.Search;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The search over a {@link MemoryInvitationStore}. Thread-safe. */
public final class MemoryInvitationSearch implements InvitationSearch {
  private final MemoryInvitationStore store;

  public MemoryInvitationSearch(MemoryInvitationStore store) {
    this.store = store;
  }

  @Override
  public InvitationSearch within(Duration most) {
    return this; // nothing here takes long
  }

  @Override
  public List<Found> page(Search search, String after, int limit) {
    return matches(search)
        .filter(row -> row.id().compareTo(after) > 0)
        .limit(limit)
        .map(MemoryInvitationSearch::found)
        .toList();
  }

  @Override
  public Map<InvitationState, Long> counts(Search search, String after) {
    Map<InvitationState, Long> counts = new EnumMap<>(InvitationState.class);
    matches(search)
        .filter(row -> row.id().compareTo(after) > 0)
        .forEach(row -> counts.merge(row.state(), 1L, Long::sum));
    return counts;
  }

  @Override
  public Map<String, Map<InvitationState, Long>> countsByDispatch(Search search) {
    Map<String, Map<InvitationState, Long>> counts = new TreeMap<>();
    matches(search)
        .forEach(row ->
            counts
                .computeIfAbsent(row.dispatch(), any -> new EnumMap<>(InvitationState.class))
                .merge(row.state(), 1L, Long::sum));
    return counts;
  }

  private Stream<Invitation> matches(Search search) {
    Instant since = search.since();
    return store.all().stream()
        .filter(row -> anyOr(search.account(), row.account()))
        .filter(row ->
            search.hashes().isEmpty() || row.hashes().stream().anyMatch(search.hashes()::contains))
        .filter(row -> anyOr(search.token(), row.token()))
        .filter(row -> anyOr(search.reference(), row.reference()))
        .filter(row -> anyOr(search.dispatch(), row.dispatch()))
        .filter(row -> anyOr(search.batch(), row.batch()))
        .filter(row -> search.states().isEmpty() || search.states().contains(row.state()))
        .filter(row -> since == null || !last(row).at().isBefore(since))
        .filter(row -> search.fitsNote(last(row).note()));
  }

  private static boolean anyOr(@Nullable String wanted, @Nullable String value) {
    return wanted == null || wanted.equals(value);
  }

  private static JournalEntry last(Invitation row) {
    return row.journal().getLast();
  }

  private static Found found(Invitation row) {
    return new Found(
        row.id(),
        row.account(),
        row.dispatch(),
        row.batch(),
        row.row(),
        row.channel(),
        row.state(),
        row.attempts(),
        row.expires(),
        row.redriven(),
        row.reference(),
        last(row));
  }
}
