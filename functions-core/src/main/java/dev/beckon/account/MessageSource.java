package dev.beckon.account;

import org.jspecify.annotations.Nullable;

/**
 * The template sources of one channel in one language, not compiled yet.
 *
 * @param subject for e-mail
 * @param html for e-mail; absent for a mail in plain text
 */
public record MessageSource(@Nullable String subject, String text, @Nullable String html) {}
