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
      return this == UCS2 ? Character.charCount(character) : gsmUnits(character);
    }
  }

  private static final String BASIC =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
          + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

  /** Behind an escape, so each costs two septets. */
  private static final String EXTENSION = "\f^{}\\[~]|€";

  /** Units of a GSM character, by its code; 0 for those the alphabet has not. */
  private static final byte[] GSM_UNITS = gsmUnits();

  /** In the GSM alphabet where it holds the whole text, else in UCS-2. */
  static SmsText of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (gsmUnits(text.charAt(i)) == 0) {
        return in(Alphabet.UCS2, text);
      }
    }
    return in(Alphabet.GSM, text);
  }

  /** In UCS-2, whatever it holds. */
  static SmsText unicode(String text) {
    return in(Alphabet.UCS2, text);
  }

  private static int gsmUnits(int character) {
    return character < GSM_UNITS.length ? GSM_UNITS[character] : 0;
  }

  private static byte[] gsmUnits() {
    byte[] units = new byte['€' + 1]; // the highest of them all
    BASIC.chars().forEach(character -> units[character] = 1);
    EXTENSION.chars().forEach(character -> units[character] = 2);
    return units;
  }

  private static SmsText in(Alphabet alphabet, String text) {
    int total = 0;
    int parts = 1;
    int filled = 0;
    // An escape stays with its character, and both halves of a surrogate pair in one part.
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      i += Character.charCount(character);
      int units = alphabet.units(character);
      total += units;
      if (filled + units > alphabet.inPart) {
        parts++;
        filled = 0;
      }
      filled += units;
    }
    if (total <= alphabet.alone) {
      return new SmsText(alphabet, total == 0 ? 0 : 1);
    }
    return new SmsText(alphabet, parts);
  }
}
