package dev.beckon.local.functions;

import java.util.List;

/** A staged folder that is no function app; names everything that is wrong with it. */
public final class StagedAppException extends RuntimeException {
  private final List<String> faults;

  StagedAppException(String folder, List<String> faults) {
    super(
        "%s is no function app that can run (./mvnw package stages one):%n  %s"
            .formatted(folder, String.join("%n  ".formatted(), faults)));
    this.faults = List.copyOf(faults);
  }

  /** One line for each fault: where it is, and what it is. */
  public List<String> faults() {
    return faults;
  }
}
