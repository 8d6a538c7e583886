package dev.beckon.local.demo;

import dev.beckon.filedrop.Import;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationStore.Figure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a run came to, in words and figures for a person. */
final class Summary {
  private final Progress progress;
  private final VendorNames vendorNames;
  private final Duration elapsed;

  Summary(Progress progress, VendorNames vendorNames, Duration elapsed) {
    this.progress = progress;
    this.vendorNames = vendorNames;
    this.elapsed = elapsed;
  }

  /** The whole summary, its lines ended. */
  String text() {
    StringBuilder text = new StringBuilder("\n");
    imports(text);
    reasons(text);
    vendors(text);
    long sent = progress.states().getOrDefault(InvitationState.SENT, 0L);
    double seconds = Math.max(0.001, elapsed.toMillis() / 1000.0);
    return text.append(
            "%n%-15s %.1f s, from the drop to the last outcome: %s sent a second, servers and start of the worker included%n"
                .formatted("elapsed", seconds, number(Math.round(sent / seconds))))
        .toString();
  }

  private void imports(StringBuilder text) {
    text.append(
        "%-24s %10s %9s %9s %10s %11s %10s%n"
            .formatted(
                "file", "rows read", "refused", "too soon", "duplicate", "suppressed", "accepted"));
    for (Import dropped : progress.imports()) {
      text.append(
          "%-24s %10s %9s %9s %10s %11s %10s%n"
              .formatted(
                  dropped.fileName(),
                  number(dropped.rows()),
                  number(refused(dropped)),
                  stored(dropped, InvitationState.TOO_SOON),
                  stored(dropped, InvitationState.DUPLICATE),
                  stored(dropped, InvitationState.SUPPRESSED),
                  stored(dropped, InvitationState.ACCEPTED)));
    }
  }

  private void reasons(StringBuilder text) {
    text.append('\n');
    for (Import dropped : progress.imports()) {
      for (InvitationState state :
          List.of(InvitationState.SAMPLED_OUT, InvitationState.CANCELLED)) {
        Integer rows = dropped.totals().stored().get(state.name());
        if (rows != null) {
          text.append(state == InvitationState.CANCELLED ? "cancelled" : "not in the sample")
              .append(" of ")
              .append(dropped.fileName())
              .append(": ")
              .append(number(rows))
              .append('\n');
        }
      }
      if (dropped.state() == Import.State.REFUSED) {
        text.append(dropped.fileName())
            .append(" is refused as a whole: ")
            .append(dropped.problem())
            .append('\n');
      } else if (refused(dropped) > 0) {
        List<String> reasons = new ArrayList<>();
        new TreeMap<>(dropped.totals().refused())
            .forEach((code, rows) -> reasons.add(code + " " + number(rows)));
        text.append("refused in ")
            .append(dropped.fileName())
            .append(": ")
            .append(String.join(", ", reasons))
            .append('\n');
      }
    }
  }

  private static long refused(Import dropped) {
    return dropped.totals().refused().values().stream().mapToLong(Integer::longValue).sum();
  }

  private static String stored(Import dropped, InvitationState state) {
    return number(dropped.totals().stored().getOrDefault(state.name(), 0));
  }

  private void vendors(StringBuilder text) {
    Map<String, Map<InvitationState, Long>> vendors = new TreeMap<>();
    Map<String, Long> retries = new TreeMap<>();
    for (Figure figure : progress.figures().values().stream().flatMap(List::stream).toList()) {
      if (!figure.vendor().isEmpty()) {
        vendors
            .computeIfAbsent(figure.vendor(), any -> new TreeMap<>())
            .merge(figure.state(), figure.rows(), Long::sum);
        retries.merge(figure.vendor(), figure.retries(), Long::sum);
      }
    }
    text.append(
        "\n%-16s %-12s %10s %10s %10s %10s %10s%n"
            .formatted(
                "vendor account", "vendor", "sent", "failed", "retried", "in doubt", "dead"));
    vendors.forEach((vendor, states) ->
        text.append(
            "%-16s %-12s %10s %10s %10s %10s %10s%n"
                .formatted(
                    vendor,
                    vendorNames.of(vendor),
                    count(states, InvitationState.SENT),
                    count(states, InvitationState.FAILED),
                    number(retries.getOrDefault(vendor, 0L)),
                    count(states, InvitationState.IN_DOUBT),
                    count(states, InvitationState.DEAD))));
  }

  private static String count(Map<InvitationState, Long> states, InvitationState state) {
    return number(states.getOrDefault(state, 0L));
  }

  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
