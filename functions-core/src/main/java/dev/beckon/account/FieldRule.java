package dev.beckon.account;

/**
 * What is expected of a row's field.
 *
 * @param required whether a row without it is refused
 */
public record FieldRule(boolean required) {}
