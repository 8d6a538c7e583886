package dev.beckon.account;

import java.util.regex.Pattern;

/** How documents write languages: as {@code en}, {@code en-GB} or {@code zh-Hant-TW} (BCP 47). */
public final class Language {
  private static final Pattern WRITTEN = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}");

  private Language() {}

  /** Whether a text has the form of one. */
  public static boolean isWritten(String text) {
    return WRITTEN.matcher(text).matches();
  }
}
