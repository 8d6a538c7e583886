package dev.beckon.template;

import org.jspecify.annotations.Nullable;

/** The values of one recipient, looked up by name while a template or a link is rendered. */
@FunctionalInterface
public interface Values {
  /** Returns the value of a name, or null when this recipient has none; it renders as nothing. */
  @Nullable String get(String name);
}
