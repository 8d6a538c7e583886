package dev.beckon.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whom invitations of a key may reach. */
public enum KeyKind {
  /** Nobody: all of it happens in the account's test twin, which knows the simulator alone. */
  TEST,
  /** The recipients that are listed with the key. */
  TEAM,
  /** Everybody. */
  LIVE;

  /** As keys and documents name it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of a label. */
  public static Optional<KeyKind> ofLabel(String label) {
    return Arrays.stream(values()).filter(kind -> kind.label().equals(label)).findFirst();
  }
}
