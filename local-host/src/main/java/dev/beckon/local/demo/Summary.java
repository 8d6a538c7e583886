package dev.beckon.local.demo;

import dev.beckon.filedrop.Import;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationStore.Figure;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a run came to, in words and figures for a person. */
final class Summary {
  private final Progress progress;
  private final Duration elapsed;

  Summary(Progress progress, Duration elapsed) {
    this.progress = progress;
    this.elapsed = elapsed;
  }

  /** The whole summary, its lines ended. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (Import dropped : progress.imports()) {
      imported(text, dropped);
    }
    vendors(text);
    long sent = progress.states().getOrDefault(InvitationState.SENT, 0L);
    double seconds = Math.max(0.001, elapsed.toMillis() / 1000.0);
    text.append(
        "\n%-22s %s s, %s invitations sent a second (embedded servers and workers on this machine)%n"
            .formatted(
                "elapsed",
                String.format(Locale.ROOT, "%.1f", seconds),
                number(Math.round(sent / seconds))));
    return text.toString();
  }

  private static void imported(StringBuilder text, Import dropped) {
    text.append("\n")
        .append(dropped.fileName())
        .append("  → feed ")
        .append(dropped.feed())
        .append(", dispatch ")
        .append(dropped.dispatch())
        .append('\n');
    if (dropped.state() == Import.State.REFUSED) {
      text.append("  refused as a whole: ").append(dropped.problem()).append('\n');
      return;
    }
    line(text, "rows read", dropped.rows());
    long refused = dropped.totals().refused().values().stream().mapToLong(Integer::longValue).sum();
    line(text, "refused", refused);
    new TreeMap<>(dropped.totals().refused())
        .forEach((code, rows) -> line(text, "  " + code, rows));
    for (InvitationState state :
        List.of(
            InvitationState.TOO_SOON,
            InvitationState.DUPLICATE,
            InvitationState.SUPPRESSED,
            InvitationState.SAMPLED_OUT,
            InvitationState.CANCELLED)) {
      Integer rows = dropped.totals().stored().get(state.name());
      if (rows != null || state.compareTo(InvitationState.SAMPLED_OUT) < 0) {
        line(text, words(state), rows == null ? 0 : rows);
      }
    }
    line(
        text,
        "accepted",
        dropped.totals().stored().getOrDefault(InvitationState.ACCEPTED.name(), 0));
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
        "\n%-16s %10s %10s %10s %10s %10s%n"
            .formatted("vendor account", "sent", "failed", "retried", "in doubt", "dead"));
    vendors.forEach((vendor, states) ->
        text.append(
            "%-16s %10s %10s %10s %10s %10s%n"
                .formatted(
                    vendor,
                    count(states, InvitationState.SENT),
                    count(states, InvitationState.FAILED),
                    number(retries.getOrDefault(vendor, 0L)),
                    count(states, InvitationState.IN_DOUBT),
                    count(states, InvitationState.DEAD))));
  }

  private static String count(Map<InvitationState, Long> states, InvitationState state) {
    return number(states.getOrDefault(state, 0L));
  }

  private static void line(StringBuilder text, String name, long rows) {
    text.append("  %-26s %12s%n".formatted(name, number(rows)));
  }

  private static String words(InvitationState state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
