package dev.beckon.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The route table: every endpoint, found by method and path. Immutable. */
public final class Routes {
  private final List<Entry> entries = new ArrayList<>();

  private record Entry(Endpoint endpoint, List<String> segments) {}

  /** An endpoint and what the path names where its template has names. */
  record Found(Endpoint endpoint, Map<String, String> path) {}

  Routes(List<Endpoint> endpoints) {
    endpoints.forEach(
        endpoint -> entries.add(new Entry(endpoint, List.of(endpoint.path().split("/", -1)))));
  }

  /** The table. */
  public List<Endpoint> endpoints() {
    return entries.stream().map(Entry::endpoint).toList();
  }

  /** Endpoints of a path, whatever their method; empty when there is nothing at it. */
  List<Found> at(String path) {
    List<String> segments = List.of(path.split("/", -1));
    List<Found> found = new ArrayList<>();
    for (Entry entry : entries) {
      match(entry.segments(), segments)
          .ifPresent(names -> found.add(new Found(entry.endpoint(), names)));
    }
    return found;
  }

  /** The methods of a path, for the header {@code Allow}. */
  static String methods(List<Found> found) {
    TreeSet<String> methods = new TreeSet<>();
    found.forEach(one -> methods.add(one.endpoint().method()));
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return String.join(", ", methods);
  }

  /** Those with a method; HEAD is GET without its body. */
  static Optional<Found> with(String method, List<Found> found) {
    String wanted = method.equals("HEAD") ? "GET" : method;
    return found.stream().filter(one -> one.endpoint().method().equals(wanted)).findFirst();
  }

  private static Optional<Map<String, String>> match(List<String> template, List<String> segments) {
    if (template.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> names = new HashMap<>();
    for (int i = 0; i < template.size(); i++) {
      if (template.get(i).startsWith("{")) {
        if (segments.get(i).isEmpty()) {
          return Optional.empty();
        }
        names.put(name(template.get(i)), segments.get(i));
      } else if (!template.get(i).equals(segments.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(names);
  }

  private static String name(String braced) {
    return braced.substring(1, braced.length() - 1);
  }
}
