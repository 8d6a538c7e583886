package dev.beckon.account;

import org.jspecify.annotations.Nullable;

/** A service that keeps secrets, asked anew at each call. Thread-safe. */
@FunctionalInterface
public interface SecretSource {

  /** What the service says of a name. Failing is an answer too: nothing is thrown. */
  Answer ask(String name);

  /** One answer; words of it reach an operator, so they name place and remedy and no value. */
  sealed interface Answer {}

  /** The text stored there. */
  record Found(Secret secret) implements Answer {}

  /**
   * Nothing of use is stored under the name.
   *
   * @param where the place, with what is the matter there, such as {@code the vault (mail is not
   *     there)}
   */
  record Missing(String where) implements Answer {}

  /**
   * It cannot be told now.
   *
   * @param why what happened and the remedy
   */
  record Unreachable(String why, @Nullable Throwable cause) implements Answer {}

  /**
   * The answer to a text that is stored there.
   *
   * @param nothing the place, said where the text is missing or blank
   */
  static Answer of(@Nullable String text, String nothing) {
    return text == null || text.isBlank()
        ? new Missing(nothing)
        : new Found(new Secret(withoutLastLineBreak(text)));
  }

  /** Files end with one, and so do secrets that were stored from files. */
  private static String withoutLastLineBreak(String text) {
    int end = text.length();
    if (text.charAt(end - 1) == '\n') {
      end--;
      if (end > 0 && text.charAt(end - 1) == '\r') {
        end--;
      }
    }
    return text.substring(0, end);
  }
}
