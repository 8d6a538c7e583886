package dev.beckon.batch;

import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.parcel.BatchGates;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How batches stand, for whoever handed them in. Thread-safe. */
public final class BatchFigures {
  private final BatchStore batches;
  private final InvitationStore invitations;
  private final BatchGates gates;

  BatchFigures(BatchParts parts) {
    this.batches = parts.store();
    this.invitations = parts.invitations();
    this.gates = parts.gates();
  }

  /** One line of a list. */
  public record Line(BatchStore.Listed batch, boolean cancelled) {}

  /**
   * How one batch stands.
   *
   * @param states state → invitations, as they are now
   */
  public record Standing(Batch batch, boolean cancelled, Map<InvitationState, Long> states) {

    /** Rows that are neither refused nor in a final state yet. */
    public long rowsOpen() {
      BatchReceipt receipt = batch.receipt();
      long refused = receipt == null ? 0 : receipt.refusedCount();
      long ended =
          states.entrySet().stream()
              .filter(state -> state.getKey().isFinal())
              .mapToLong(Map.Entry::getValue)
              .sum();
      return Math.max(0, batch.rows() - refused - ended);
    }
  }

  /** A page of an account's batches, as {@link BatchStore#page} has it. */
  public List<Line> page(
      String account, @Nullable String dispatch, BatchStore.@Nullable Place after, int limit) {
    List<BatchStore.Listed> page = batches.page(account, dispatch, after, limit);
    Set<String> cancelled = cancelled(page.stream().map(BatchStore.Listed::id).toList());
    return page.stream().map(batch -> new Line(batch, cancelled.contains(batch.id()))).toList();
  }

  /** One batch of an account. */
  public Optional<Standing> find(String account, String id) {
    return batches
        .find(account, id)
        .map(batch ->
            new Standing(
                batch, !cancelled(List.of(id)).isEmpty(), states(invitations.countByState(id))));
  }

  private static Map<InvitationState, Long> states(Map<InvitationState, Long> counted) {
    Map<InvitationState, Long> states = new EnumMap<>(InvitationState.class);
    states.putAll(counted);
    return states;
  }

  private Set<String> cancelled(List<String> ids) {
    return gates.among(ids).entrySet().stream()
        .filter(gate -> gate.getValue() == BatchGates.State.CANCELLED)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }
}
