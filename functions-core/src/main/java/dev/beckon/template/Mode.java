package dev.beckon.template;

/** What a template renders into, which decides how the values in it are made harmless. */
public enum Mode {
  /** Plain text (the text part of a mail, a text message): values are written as they are. */
  TEXT,

  /**
   * One header line: every control character or line separator, in a value or in the template,
   * becomes a space, so that no value can start a header of its own (RFC 5322 §2.2).
   */
  SUBJECT,

  /**
   * HTML: values are escaped for the place they stand in. In attributes that hold an address only
   * {@code http} and {@code https} survive, and places that cannot be made safe (scripts, styles,
   * event handlers, comments) are refused when the template is compiled.
   */
  HTML
}
