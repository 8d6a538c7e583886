package dev.beckon.local.demo;

import dev.beckon.app.Stores;
import dev.beckon.filedrop.Import;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationStore.Figure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far everything is: all imports, and the invitations of each.
 *
 * @param figures import id → its figures
 */
record Progress(List<Import> imports, Map<String, List<Figure>> figures, long openParcels) {

  static Progress of(Stores stores) {
    List<Import> imports = new ArrayList<>(stores.imports().newest(100));
    Collections.reverse(imports);
    Map<String, List<Figure>> figures = new LinkedHashMap<>();
    long open = 0;
    for (Import dropped : imports) {
      figures.put(dropped.id(), stores.invitations().figures(dropped.id()));
      open += stores.parcels().open(dropped.id());
    }
    return new Progress(imports, figures, open);
  }

  /** Whether so many imports have ended and nothing of them is under way any more. */
  boolean finished(int expectedImports) {
    return imports.size() >= expectedImports
        && imports.stream().allMatch(i -> i.state().isFinal())
        && openParcels == 0
        && figures.values().stream()
            .flatMap(List::stream)
            .allMatch(figure -> figure.state().isFinal());
  }

  /** Rows by state, over all imports. */
  Map<InvitationState, Long> states() {
    Map<InvitationState, Long> states = new EnumMap<>(InvitationState.class);
    figures.values().stream()
        .flatMap(List::stream)
        .forEach(f -> states.merge(f.state(), f.rows(), Long::sum));
    return states;
  }

  /** One line for a person who waits. */
  String line() {
    Map<InvitationState, Long> states = states();
    long stored = states.values().stream().mapToLong(Long::longValue).sum();
    long read = imports.stream().mapToLong(Import::rows).sum();
    long open =
        states.entrySet().stream()
            .filter(e -> !e.getKey().isFinal())
            .mapToLong(Map.Entry::getValue)
            .sum();
    StringBuilder line = new StringBuilder();
    line.append("read ")
        .append(Summary.number(read))
        .append("  stored ")
        .append(Summary.number(stored));
    line.append("  sent ").append(Summary.number(states.getOrDefault(InvitationState.SENT, 0L)));
    append(line, "failed", states, InvitationState.FAILED);
    append(line, "in doubt", states, InvitationState.IN_DOUBT);
    append(line, "dead", states, InvitationState.DEAD);
    return line.append("  to go ").append(Summary.number(open)).toString();
  }

  private static void append(
      StringBuilder line, String name, Map<InvitationState, Long> states, InvitationState state) {
    Long rows = states.get(state);
    if (rows != null) {
      line.append("  ").append(name).append(' ').append(Summary.number(rows));
    }
  }
}
