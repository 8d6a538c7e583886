package dev.beckon.vendor;

import org.jspecify.annotations.Nullable;

/**
 * One setting of a vendor account: its name in configuration, type, default and meaning.
 *
 * @param fallback the value when none is configured, written as in configuration; null together
 *     with {@code required} false means the setting may be absent
 */
public record Setting(
    String name, Type type, boolean required, @Nullable String fallback, String meaning) {

  /** What a configured text is read as. */
  public enum Type {
    TEXT,
    INTEGER,
    /** A number from 0 to 1, such as {@code 0.05}. */
    SHARE,
    /** ISO-8601, such as {@code PT30S}. */
    DURATION,
    URI,
    /** A {@code secret://} reference, resolved when the vendor is built. */
    SECRET
  }

  public static Setting required(String name, Type type, String meaning) {
    return new Setting(name, type, true, null, meaning);
  }

  public static Setting optional(String name, Type type, String meaning) {
    return new Setting(name, type, false, null, meaning);
  }

  public static Setting withDefault(String name, Type type, String fallback, String meaning) {
    return new Setting(name, type, false, fallback, meaning);
  }
}
