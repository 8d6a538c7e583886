package dev.beckon.template;

import org.jspecify.annotations.Nullable;

/** One step of a value's way to the page; immutable, arguments bound when compiled. */
@FunctionalInterface
interface Filter {
  @Nullable String apply(@Nullable String input, Values values);
}
