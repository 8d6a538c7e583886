package dev.beckon.vendors.messagebird;

/**
 * What a text is to the mobile networks: its alphabet and the parts it travels and is billed in (<a
 * href="https://www.3gpp.org/dynareport/23038.htm">3GPP TS 23.038</a> and 23.040).
 *
 * @param alphabet the smaller one that holds every character, unless the larger was asked for
 * @param parts 0 only for an empty text
 */
record SmsText(Alphabet alphabet, int parts) {

  /** How many units fit in a message, and in each part of a longer one beside its header. */
  enum Alphabet {
    GSM(160, 153),
    UCS2(70, 67);

    private final int alone;
    private final int inPart;

    Alphabet(int alone, int inPart) {
      this.alone = alone;
      this.inPart = inPart;
    }

    /** Septets or 16-bit units. */
    private int units(int character) {
      if (this == UCS2) {
        return Character.charCount(character);
      }
      return EXTENSION.indexOf(character) >= 0 ? 2 : 1;
    }
  }

  private static final String BASIC =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
          + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

  /** Behind an escape, so each costs two septets. */
  private static final String EXTENSION = "\f^{}\\[~]|€";

  /** In the GSM alphabet where it holds the whole text, else in UCS-2. */
  static SmsText of(String text) {
    return text.codePoints().allMatch(SmsText::isGsm)
        ? in(Alphabet.GSM, text)
        : in(Alphabet.UCS2, text);
  }

  /** In UCS-2, whatever it holds. */
  static SmsText unicode(String text) {
    return in(Alphabet.UCS2, text);
  }

  private static boolean isGsm(int character) {
    return BASIC.indexOf(character) >= 0 || EXTENSION.indexOf(character) >= 0;
  }

  private static SmsText in(Alphabet alphabet, String text) {
    int total = text.codePoints().map(alphabet::units).sum();
    if (total <= alphabet.alone) {
      return new SmsText(alphabet, total == 0 ? 0 : 1);
    }
    int parts = 1;
    int filled = 0;
    // An escape stays with its character, and both halves of a surrogate pair in one part.
    for (int units : text.codePoints().map(alphabet::units).toArray()) {
      if (filled + units > alphabet.inPart) {
        parts++;
        filled = 0;
      }
      filled += units;
    }
    return new SmsText(alphabet, parts);
  }
}
