package dev.beckon.access;

/**
 * What is left of a caller's limit, as the {@code RateLimit} headers tell it.
 *
 * @param granted whether this request is within it
 * @param perMinute requests a minute
 * @param remaining of this minute
 * @param resetSeconds until the next minute begins
 */
public record Allowance(boolean granted, int perMinute, int remaining, int resetSeconds) {}
