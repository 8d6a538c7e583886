package dev.beckon.template;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Names close to a misspelt one. */
final class Near {
  private static final int SHOWN = 3;
  private static final int LISTED = 40;

  private Near() {}

  /** Returns the remedy half of an "unknown name" message. */
  static String remedy(String wrong, Collection<String> known) {
    List<String> near = names(wrong, known);
    if (!near.isEmpty()) {
      return "did you mean " + String.join(" or ", near) + "?";
    }
    if (known.isEmpty()) {
      return "no names are known here";
    }
    return "known are "
        + known.stream().sorted().limit(LISTED).collect(Collectors.joining(", "))
        + (known.size() > LISTED ? ", …" : "");
  }

  private static List<String> names(String wrong, Collection<String> known) {
    String low = wrong.toLowerCase(Locale.ROOT);
    int reach = Math.max(1, wrong.length() / 3);
    record Candidate(String name, int distance) {}
    return known.stream()
        .filter(name -> Math.abs(name.length() - wrong.length()) <= reach)
        .map(name -> new Candidate(name, distance(low, name.toLowerCase(Locale.ROOT))))
        .filter(candidate -> candidate.distance <= reach)
        .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
        .limit(SHOWN)
        .map(Candidate::name)
        .toList();
  }

  /** Levenshtein's distance; both words are bounded by the longest known name. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    Arrays.setAll(previous, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(previous[j], row[j - 1]) + 1);
      }
      previous = row;
    }
    return previous[b.length()];
  }
}
