package dev.beckon.filedrop;

/** What can be wrong with one row by itself, while its neighbours go on. */
enum RowDamage {
  NUL("column %s holds a NUL character, which no text has: export the file again"),
  ENCODING(
      "column %s holds bytes that are not text in the file's encoding: save the file as \"CSV UTF-8\" and"
          + " drop it again"),
  CELL_TOO_LONG("column %s has more than " + RowReader.MAX_CELL + " characters: shorten it"),
  QUOTES(
      "column %s has a quotation mark in the middle of a quoted cell: double it (\"\") where it is part of the"
          + " text");

  private final String message;

  RowDamage(String message) {
    this.message = message;
  }

  /** What is wrong and what to do. */
  String message(String column) {
    return message.replace("%s", column);
  }
}
