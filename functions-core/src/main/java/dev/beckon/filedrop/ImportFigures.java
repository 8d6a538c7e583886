package dev.beckon.filedrop;

import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.parcel.BatchGates;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How imports stand, for the person who answers for them. Thread-safe. */
public final class ImportFigures {
  private final ImportStore imports;
  private final InvitationStore invitations;
  private final BatchGates gates;
  private final ObjectStore objects;

  ImportFigures(FileDropParts parts) {
    this.imports = parts.imports();
    this.invitations = parts.invitations();
    this.gates = parts.gates();
    this.objects = parts.objects();
  }

  /**
   * One line of a list.
   *
   * @param held whether it waits for approval
   */
  public record Line(Import dropped, boolean held) {}

  /**
   * How one import stands.
   *
   * @param refused refusal code → rows, of the chunks accepted so far
   * @param states state → invitations, as they are now
   * @param rowsOpen rows that are neither refused nor in a final state yet
   */
  public record Standing(
      Import dropped,
      boolean held,
      Map<String, Integer> refused,
      Map<InvitationState, Long> states,
      long rowsOpen) {

    /** Share of its rows whose end is known, 0 to 100; rounded down, so that 100 means all. */
    public int percent() {
      long rows = dropped.rows();
      return rows == 0 ? 0 : (int) (100 * (rows - rowsOpen) / rows);
    }
  }

  /** The newest imports, of one feed and in one state where these are given. */
  public List<Line> list(@Nullable String feed, Import.@Nullable State state, int limit) {
    return page(new ImportStore.Wanted(null, feed, state, null), null, limit);
  }

  /**
   * The newest imports among those that are wanted.
   *
   * @param after the last one of the page before; null for the first page
   */
  public List<Line> page(ImportStore.Wanted wanted, ImportStore.@Nullable Place after, int limit) {
    List<Import> newest = imports.newest(wanted, after, limit);
    Map<String, BatchGates.State> stored = gates.among(newest.stream().map(Import::id).toList());
    return newest.stream()
        .map(dropped -> new Line(dropped, stored.get(dropped.id()) == BatchGates.State.HELD))
        .toList();
  }

  /** An account's import; one of another account is none. */
  public Optional<Import> find(String account, String id) {
    return imports.find(id).filter(dropped -> dropped.account().equals(account));
  }

  /**
   * One import.
   *
   * @throws ImportOperationException when there is none of this id
   */
  public Standing of(String id) {
    Import dropped = imports.find(id).orElseThrow(() -> ImportOperationException.unknown(id));
    Map<String, Integer> refused = new TreeMap<>(dropped.totals().refused());
    if (refused.isEmpty() && dropped.totals().stored().isEmpty()) {
      imports
          .chunks(id)
          .forEach(chunk ->
              chunk.totals().refused().forEach((code, n) -> refused.merge(code, n, Integer::sum)));
    }
    Map<InvitationState, Long> states = new HashMap<>(invitations.countByState(id));
    long ended =
        states.entrySet().stream()
            .filter(state -> state.getKey().isFinal())
            .mapToLong(Map.Entry::getValue)
            .sum();
    long known = ended + refused.values().stream().mapToLong(Integer::longValue).sum();
    boolean held = gates.among(List.of(id)).get(id) == BatchGates.State.HELD;
    return new Standing(dropped, held, refused, states, open(dropped, known, states, ended));
  }

  private static long open(
      Import dropped, long known, Map<InvitationState, Long> states, long ended) {
    return switch (dropped.state()) {
      case WAITING, RELEASED, ACCEPTED -> Math.max(0, dropped.rows() - known);
      case REFUSED, CHECKED -> 0;
      // Rows of chunks that were not accepted any more are at their end too.
      case CANCELLED -> states.values().stream().mapToLong(Long::longValue).sum() - ended;
    };
  }

  /** The report of a check, as text; empty where there is none, or where it was deleted. */
  public Optional<String> report(Import checked) {
    try (InputStream text = objects.read(checked.reportTextKey()).orElse(null)) {
      return text == null
          ? Optional.empty()
          : Optional.of(new String(text.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + checked.reportTextKey() + " failed", e);
    }
  }
}
