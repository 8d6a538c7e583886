package dev.beckon.local.functions;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a folder, so that all of it is said at once. */
final class Faults {
  private final List<String> found = new ArrayList<>();

  void add(String place, String fault) {
    found.add(place + ": " + fault);
  }

  /** Does a step; what it throws becomes a fault. */
  <T> @Nullable T tried(String place, Step<T> step) {
    try {
      return step.take();
    } catch (Exception e) {
      add(place, e.getMessage() == null ? e.toString() : e.getMessage());
      return null;
    }
  }

  void complain(String folder) {
    if (!found.isEmpty()) {
      throw new StagedAppException(folder, found);
    }
  }

  /** Something that may not work. */
  @FunctionalInterface
  interface Step<T> {
    T take() throws Exception;
  }
}
