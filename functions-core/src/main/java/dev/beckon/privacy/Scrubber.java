package dev.beckon.privacy;

import java.util.regex.Pattern;

/** Takes addresses, numbers and control characters out of texts that came from outside. */
public final class Scrubber {
  private static final Pattern ADDRESS =
      Pattern.compile("[^\\s<>\"'(),:;\\[\\]]+@[^\\s<>\"'(),:;\\[\\]]+");

  /** Seven digits or more, with the usual separators between them: a phone number, or near one. */
  private static final Pattern NUMBER = Pattern.compile("\\+?\\d(?:[ ./()-]?\\d){6,}");

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");
  private static final int LONGEST = 300;

  private Scrubber() {}

  /** The text without addresses, numbers and control characters, at most 300 characters long. */
  public static String scrub(String text) {
    String clean = text.length() > 4 * LONGEST ? text.substring(0, 4 * LONGEST) : text;
    clean = CONTROL.matcher(clean).replaceAll(" ");
    clean = ADDRESS.matcher(clean).replaceAll("***");
    clean = NUMBER.matcher(clean).replaceAll("***").strip();
    return clean.length() > LONGEST ? clean.substring(0, LONGEST) + "…" : clean;
  }
}
