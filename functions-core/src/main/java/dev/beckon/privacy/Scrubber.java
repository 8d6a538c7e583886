package dev.beckon.privacy;

import java.util.regex.Pattern;

/** Takes addresses, numbers and control characters out of texts that came from outside. */
public final class Scrubber {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(\"[^\"]{1,64}\"|[^\\s<>\"'(),:;\\[\\]]+)@([^\\s<>\"'(),:;\\[\\]]+|\\[[^\\]]*\\])");

  /**
   * Seven digits or more, with the usual separators between them: a phone number, or near one. Not
   * inside a word: our own ids hold digits and letters.
   */
  private static final Pattern NUMBER =
      Pattern.compile("(?<!\\p{Alnum})\\+?\\d(?:[ ./()-]{0,2}\\d){6,}(?!\\p{Alnum})");

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");
  private static final int LONGEST = 300;

  /** The longest part before the @ of an address (RFC 5321, section 4.5.3.1.1). */
  private static final int LOCAL_PART = 64;

  private Scrubber() {}

  /** The text without addresses, numbers and control characters, at most 300 characters long. */
  public static String scrub(String text) {
    if (text.isEmpty()) {
      return text; // what most sends have to say
    }
    boolean cut = text.length() > 4 * LONGEST;
    String clean = cut ? text.substring(0, 4 * LONGEST) : text;
    clean = CONTROL.matcher(clean).replaceAll(" ");
    clean = ADDRESS.matcher(clean).replaceAll("***");
    clean = NUMBER.matcher(clean).replaceAll("***").strip();
    if (cut) {
      // the end may be the beginning of an address, which no pattern knows by itself
      clean = clean.substring(0, Math.max(0, clean.length() - LOCAL_PART));
    }
    return cut || clean.length() > LONGEST
        ? clean.substring(0, Math.min(clean.length(), LONGEST - 1)) + "…"
        : clean;
  }
}
