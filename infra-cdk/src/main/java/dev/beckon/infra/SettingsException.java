package dev.beckon.infra;

import java.util.List;

/** A context that no installation can be made of. Names every problem at once. */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  SettingsException(List<String> problems) {
    super("The context cannot be worked with:\n  - " + String.join("\n  - ", problems));
  }
}
