package dev.beckon.local.functions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A route of ASP.NET's form: literal segments, {@code {name}}, and {@code {*name}} for the rest.
 * Constraints and defaults are not read. Immutable.
 *
 * @param methods empty: all
 * @param anonymous whether no key is asked for
 */
record Route(List<String> segments, Set<String> methods, boolean anonymous) {

  static Route of(String function, String prefix, Binding trigger) {
    String template = trigger.text("route");
    String whole = (prefix + "/" + (template.isEmpty() ? function : template));
    List<String> segments =
        Arrays.stream(whole.split("/", -1)).filter(segment -> !segment.isEmpty()).toList();
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      if (segment.matches(".*[{}].*") && !segment.matches("\\{\\*{0,2}\\w+}")) {
        throw new IllegalArgumentException("this host does not read the segment " + segment);
      }
      if (segment.startsWith("{*") && i < segments.size() - 1) {
        throw new IllegalArgumentException(segment + " is not the last segment");
      }
    }
    return new Route(
        segments,
        StreamSupport.stream(trigger.details().path("methods").spliterator(), false)
            .map(method -> method.asText().toUpperCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet()),
        trigger.text("authLevel").equalsIgnoreCase("anonymous"));
  }

  /** The parameters of a path; empty when it is not this route's. */
  Optional<Map<String, String>> match(String method, String path) {
    if (!methods.isEmpty() && !methods.contains(method)) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>(Arrays.asList(path.substring(1).split("/", -1)));
    if (parts.getLast().isEmpty()) {
      parts.removeLast();
    }
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      if (segment.startsWith("{*")) {
        parameters.put(
            segment.replaceAll("[{*}]", ""),
            String.join("/", parts.subList(Math.min(i, parts.size()), parts.size())));
        return Optional.of(parameters);
      }
      if (i >= parts.size()) {
        return Optional.empty();
      }
      if (segment.startsWith("{")) {
        parameters.put(segment.substring(1, segment.length() - 1), parts.get(i));
      } else if (!segment.equalsIgnoreCase(parts.get(i))) {
        return Optional.empty();
      }
    }
    return segments.size() == parts.size() ? Optional.of(parameters) : Optional.empty();
  }
}
