package dev.beckon.api;

/**
 * A request as a host received it.
 *
 * @param method upper case
 * @param path decoded, without the query
 */
public record WebRequest(String method, String path) {}
