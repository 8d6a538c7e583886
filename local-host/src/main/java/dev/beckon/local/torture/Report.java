package dev.beckon.local.torture;

import dev.beckon.invitation.InvitationState;
import dev.beckon.local.servers.VendorFault;
import dev.beckon.local.torture.Books.Line;
import dev.beckon.local.torture.Books.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** All rounds of a campaign added up, in words and figures. Not thread-safe. */
final class Report {
  private static final int MOST_SHOWN = 20;

  private final Map<Line, Long> lines = new TreeMap<>();
  private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
  private final Map<VendorFault, Long> vendorFaults = new EnumMap<>(VendorFault.class);
  private final List<String> violations = new ArrayList<>();
  private long refused;
  private long killsAtWork;
  private long handshakes;
  private long workers;
  private Duration jumped = Duration.ZERO;
  private int rounds;

  /** A round's figures; {@code repeat} is the command that runs it again. */
  void add(Round.Result round, String repeat) {
    rounds++;
    round.books().lines().forEach((line, rows) -> lines.merge(line, rows, Long::sum));
    round.faults().forEach((fault, times) -> faults.merge(fault, times, Long::sum));
    round.vendorFaults().forEach((fault, times) -> vendorFaults.merge(fault, times, Long::sum));
    refused += round.books().refused();
    killsAtWork += round.killsAtWork();
    handshakes += round.refusedHandshakes();
    workers += round.workersStarted();
    jumped = jumped.plus(round.jumped());
    for (Violation violation : round.books().violations()) {
      violations.add(
          violation.subject()
              + ": "
              + violation.problem()
              + String.join("", violation.evidence().stream().map(e -> "\n    " + e).toList())
              + "\n    repeat the plan: "
              + repeat);
    }
  }

  /** Everything that must not be, with what is known of it. */
  List<String> violations() {
    return List.copyOf(violations);
  }

  boolean sound() {
    return violations.isEmpty();
  }

  String text(Duration elapsed) {
    StringBuilder text = new StringBuilder();
    text.append("\nFaults\n");
    faults.forEach((fault, times) -> line(text, fault.words(), times));
    line(text, "of the kills, while messages went out (the others: starts, intake)", killsAtWork);
    vendorFaults.forEach((fault, times) -> {
      if (fault != VendorFault.NONE) {
        line(text, "vendor: " + label(fault.name()), times);
      }
    });
    line(text, "vendor: TLS handshake refused", handshakes);
    line(text, "worker processes started", workers);
    text.append("  clocks jumped ").append(jumped.toHours()).append(" h in all\n");
    text.append("\nInvitations, by what the vendors took of each\n");
    text.append(
        "  %-10s %-11s %10s %10s %10s %12s\n"
            .formatted("dispatch", "state", "rows", "none", "once", "more often"));
    table(text);
    line(text, "rows refused at intake", refused);
    long rows = refused + lines.values().stream().mapToLong(Long::longValue).sum();
    line(text, "rows in all", rows);
    line(text, "taken twice where in doubt is held", twice(false));
    line(
        text,
        "taken twice where in doubt is sent again, each explained by its journal",
        twice(true));
    text.append("\n%d rounds in %s: ".formatted(rounds, time(elapsed)));
    text.append(
        violations.isEmpty()
            ? "0 lost, 0 unexplained duplicates, every invitation final or held.\n"
            : violations.size() + " violations.\n");
    violations.stream().limit(MOST_SHOWN).forEach(v -> text.append("  ").append(v).append('\n'));
    if (violations.size() > MOST_SHOWN) {
      text.append("  … and ").append(violations.size() - MOST_SHOWN).append(" more\n");
    }
    return text.toString();
  }

  private long twice(boolean resend) {
    return lines.entrySet().stream()
        .filter(e ->
            e.getKey().taken() > 1 && e.getKey().dispatch().equals(TortureAccount.RESEND) == resend)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private void table(StringBuilder text) {
    Map<String, Map<InvitationState, long[]>> table = new TreeMap<>();
    lines.forEach((line, rows) ->
        table.computeIfAbsent(line.dispatch(), any -> new EnumMap<>(InvitationState.class))
                .computeIfAbsent(line.state(), any -> new long[3])[Math.min(2, line.taken())] +=
            rows);
    table.forEach((dispatch, states) ->
        states.forEach((state, taken) ->
            text.append(
                "  %-10s %-11s %,10d %,10d %,10d %,12d\n"
                    .formatted(
                        dispatch,
                        state,
                        taken[0] + taken[1] + taken[2],
                        taken[0],
                        taken[1],
                        taken[2]))));
  }

  private static void line(StringBuilder text, String words, long count) {
    text.append("  %,9d  %s\n".formatted(count, words));
  }

  private static String label(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static String time(Duration elapsed) {
    return "%d min %d s".formatted(elapsed.toMinutes(), elapsed.toSecondsPart());
  }
}
