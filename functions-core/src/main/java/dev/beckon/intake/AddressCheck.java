package dev.beckon.intake;

/** What the check of an address found. */
sealed interface AddressCheck {

  /** A sound address in the form it is sent to. */
  record Sound(String address) implements AddressCheck {

    /** Shows no address. */
    @Override
    public String toString() {
      return "Sound[***]";
    }
  }

  /**
   * An address that cannot be used.
   *
   * @param code stable kebab-case word
   * @param message what is wrong and what to do; never repeats the address
   */
  record Refused(String code, String message) implements AddressCheck {}
}
