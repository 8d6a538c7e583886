package dev.beckon.otel;

/**
 * What called an invocation; empty ids where nothing is said of it, and then a trace of its own
 * begins.
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 * @param isSampled whether the invocation's spans are wanted
 */
public record Caller(String traceId, String spanId, boolean isSampled) {}
