package dev.beckon.vendor;

import dev.beckon.account.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/** Turns what a peer said into text without our secrets. Immutable. */
final class ReplyText {
  private final List<String> secrets;

  ReplyText(Collection<Secret> secrets) {
    this.secrets = secrets.stream().map(Secret::reveal).filter(text -> !text.isEmpty()).toList();
  }

  /**
   * @param length how much of the bytes counts
   * @param complete whether the reply ends there; a cut one may end in the beginning of a secret
   */
  String of(byte[] bytes, int length, boolean complete) {
    String clean = new String(bytes, 0, length, StandardCharsets.UTF_8);
    for (String secret : secrets) {
      clean = clean.replace(secret, "***");
    }
    return complete ? clean : clean.substring(0, clean.length() - beginning(clean));
  }

  /** The length of the longest beginning of a secret that the text ends in. */
  private int beginning(String text) {
    int longest = 0;
    for (String secret : secrets) {
      for (int length = secret.length() - 1; length > longest; length--) {
        if (text.endsWith(secret.substring(0, length))) {
          longest = length;
        }
      }
    }
    return longest;
  }
}
