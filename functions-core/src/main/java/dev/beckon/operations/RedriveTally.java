package dev.beckon.operations;

import dev.beckon.invitation.InvitationSearch.Found;
import dev.beckon.invitation.InvitationState;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sums a redrive up while it walks, in bounded memory. Used by one thread. */
final class RedriveTally {
  private static final int MOST_NAMES = 1_000;
  private static final Pattern VENDORS_ID = Pattern.compile(" \\[[^\\]]*]$");

  /** Six letters and digits or more with a digit among them: an id, a time, a queue number. */
  private static final Pattern VARYING = Pattern.compile("\\b(?=\\w*\\d)\\w{6,}\\b");

  private final Map<InvitationState, Long> states = new EnumMap<>(InvitationState.class);
  private final Map<String, Long> dispatches = new HashMap<>();
  private final Map<String, Long> batches = new HashMap<>();
  private final Map<String, Long> reasons = new HashMap<>();
  private long rows;
  private long parcels;
  private long pastExpiry;

  /** Rows that become one parcel. */
  void parcel(List<Found> some) {
    parcels++;
    rows += some.size();
    for (Found row : some) {
      states.merge(row.state(), 1L, Long::sum);
      count(dispatches, row.dispatch());
      count(batches, row.batch());
      count(reasons, reason(row.last().note()));
    }
  }

  void pastExpiry(long more) {
    pastExpiry += more;
  }

  RedrivePlan plan(long number, @Nullable String next) {
    return new RedrivePlan(
        number,
        rows,
        parcels,
        pastExpiry,
        new EnumMap<>(states),
        sorted(dispatches),
        sorted(batches),
        sorted(reasons),
        next);
  }

  private static String reason(String note) {
    String words = VARYING.matcher(VENDORS_ID.matcher(note).replaceAll("")).replaceAll("…");
    return words.isEmpty() ? "(no reason noted)" : words;
  }

  private static void count(Map<String, Long> counts, String name) {
    boolean room = counts.size() < MOST_NAMES || counts.containsKey(name);
    counts.merge(room ? name : RedrivePlan.OTHERS, 1L, Long::sum);
  }

  /** The most frequent first. */
  private static Map<String, Long> sorted(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, Long::sum, LinkedHashMap::new));
  }
}
