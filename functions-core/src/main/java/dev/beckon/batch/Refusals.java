package dev.beckon.batch;

import dev.beckon.intake.Refusal;

/** Tells the refusals of intake as those who hand in requests know the places. */
final class Refusals {
  private static final String USUAL = "correct it and hand the row in again";

  private Refusals() {}

  static RefusedRow of(Refusal refusal) {
    return switch (refusal.code()) {
      case "field-missing" -> told(refusal, "fields." + refusal.field());
      // without the length, so that all rows share the sentence
      case "field-too-long" ->
          new RefusedRow(
              refusal.row(),
              "fields." + refusal.field(),
              refusal.code(),
              "is longer than a field may be, which is 4096 characters",
              "shorten it");
      case "zone-unknown" -> told(refusal, "zone");
      case "address-missing" -> told(refusal, "recipients");
      case "phone-no-country" ->
          new RefusedRow(
              refusal.row(),
              "recipients." + refusal.field(),
              refusal.code(),
              "has no country code",
              "write it as +, country code and number, or give the row its country, such as DE");
      default -> told(refusal, "recipients." + refusal.field());
    };
  }

  /** Messages end in what helps, behind a colon or semicolon. */
  private static RefusedRow told(Refusal refusal, String field) {
    String message = refusal.message();
    int cut = Math.max(message.lastIndexOf("; "), message.lastIndexOf(": "));
    return new RefusedRow(
        refusal.row(),
        field,
        refusal.code(),
        cut < 0 ? message : message.substring(0, cut),
        cut < 0 ? USUAL : message.substring(cut + 2));
  }
}
