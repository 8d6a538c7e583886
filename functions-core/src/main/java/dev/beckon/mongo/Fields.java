package dev.beckon.mongo;

import org.bson.Document;

/** Reads fields of documents whose exact number type depends on who wrote them. */
final class Fields {
  private Fields() {}

  /** A whole number that must be there. */
  static long number(Document document, String field) {
    if (document.get(field) instanceof Number number) {
      return number.longValue();
    }
    throw new IllegalStateException("the stored field " + field + " is no number");
  }
}
