package dev.beckon.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a caller may do. */
public enum Scope {
  /** Hand in invitations, files and answers. */
  DISPATCH,
  /** See what became of them. */
  READ,
  /** Change the account's document and its keys. */
  CONFIGURE,
  /** Cancel, approve, pause, send again, erase, and see refused rows whole. */
  OPERATE;

  /** As keys, tokens and documents name it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The scope of a label. */
  public static Optional<Scope> ofLabel(String label) {
    return Arrays.stream(values()).filter(scope -> scope.label().equals(label)).findFirst();
  }
}
