package dev.beckon.template;
import org.jspecify.annotations.Nullable;
public interface Values { @Nullable String get(String name); }
