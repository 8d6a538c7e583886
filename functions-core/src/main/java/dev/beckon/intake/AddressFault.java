package dev.beckon.intake;

import java.util.Locale;

/**
 * Everything that can be wrong with an address. The sentences are constants, so that none can
 * repeat the address; codes are stable, statistics are kept by them.
 */
enum AddressFault {
  EMAIL_MISSING("is empty: give an e-mail address or leave the row out"),
  EMAIL_TOO_LONG("is longer than the 254 octets an address may have (RFC 5321): correct it"),
  EMAIL_DAMAGED_TEXT("holds characters lost in a conversion: export the list again as UTF-8"),
  EMAIL_CONTROL("holds a control character or line break: remove it"),
  EMAIL_HIDDEN("holds an invisible character, as copying from web pages leaves: type it anew"),
  EMAIL_MAILTO("begins with \"mailto:\": give the address alone"),
  EMAIL_APOSTROPHE("begins with an apostrophe, as spreadsheets leave it: remove it"),
  EMAIL_DISPLAY_NAME("has a display name or angle brackets: give the address alone"),
  EMAIL_SEVERAL("holds several addresses: give each its own row"),
  EMAIL_NO_AT("has no @: complete it, or check the mapping of columns"),
  EMAIL_TWO_AT("has more than one @: correct it"),
  EMAIL_TRAILING("ends with a dot, comma, semicolon or colon: remove it"),
  EMAIL_SPACE("has a space inside: remove it"),
  EMAIL_QUOTES("has a quotation mark that is not closed, or not at the ends of the local part"),
  EMAIL_NO_LOCAL("has nothing before the @: complete it"),
  EMAIL_LOCAL_TOO_LONG("has more than 64 octets before the @ (RFC 5321): correct it"),
  EMAIL_LOCAL_DOTS("has a dot at an end of the part before the @, or two in a row: correct it"),
  EMAIL_LOCAL_CHARACTER("has a character before the @ that no address may have: correct it"),
  EMAIL_NO_DOMAIN("has nothing behind the @: complete it"),
  EMAIL_LITERAL("has an IP address for a domain: give an address with a domain name"),
  EMAIL_DOMAIN_NO_DOT("has a domain without a dot, such as .com: complete it"),
  EMAIL_DOMAIN_DOTS("has a domain that begins with a dot or has two in a row: correct it"),
  EMAIL_DOMAIN_CHARACTER("has a character in its domain that no domain may have: correct it"),
  EMAIL_DOMAIN_LABEL(
      "has a domain part that is over 63 characters, or begins or ends with a hyphen: correct it"),
  EMAIL_DOMAIN_NUMBER("has a domain that ends in a number: correct it"),
  EMAIL_DOMAIN_IDN(
      "has an international domain that cannot be converted safely: give it in its ASCII form,"
          + " which begins with xn--"),

  PHONE_MISSING("is empty: give a telephone number or leave the row out"),
  PHONE_DAMAGED_TEXT("holds characters lost in a conversion: export the list again as UTF-8"),
  PHONE_CONTROL("holds a control character or line break: remove it"),
  PHONE_SCIENTIFIC(
      "was rounded by a spreadsheet to a form like 9.2E+11 and has lost digits: format the column"
          + " as text, enter the numbers again and export anew"),
  PHONE_HASHES("was exported as ####: widen the column in the spreadsheet and export again"),
  PHONE_DECIMAL("was exported as a decimal fraction: format the column as text and export again"),
  PHONE_SEVERAL("holds several numbers: give each its own row"),
  PHONE_EXTENSION("has an extension, which cannot be dialled or texted: give a direct number"),
  PHONE_LETTERS("has letters in it: give digits only, or check the mapping of columns"),
  PHONE_CHARACTER("has a character that telephone numbers do not have: correct it"),
  PHONE_LOST_PLUS(
      "looks like an international number that lost its +: put the + back, with the column"
          + " formatted as text"),
  PHONE_NO_COUNTRY(
      "has no country code: write it as +, country code and number, or set the feed's"
          + " defaultCountry"),
  PHONE_COUNTRY_CODE("begins with a country code that does not exist: correct it"),
  PHONE_TOO_SHORT("is too short for its country: complete it"),
  PHONE_TOO_LONG("is too long for its country: correct it"),
  PHONE_INVALID("is not a number of its country's numbering plan: correct it"),
  PHONE_PREMIUM("is a premium-rate number, which is never contacted: give the person's own number");

  private final String message;

  AddressFault(String message) {
    this.message = message;
  }

  /** The stable code, such as {@code email-no-at}. */
  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The refusal with this code and sentence. */
  AddressCheck refused() {
    return new AddressCheck.Refused(code(), message);
  }
}
