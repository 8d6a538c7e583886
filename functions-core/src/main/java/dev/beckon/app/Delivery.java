package dev.beckon.app;

/**
 * One message as a queue delivered it.
 *
 * @param id how the host names this delivery when it asks for it again
 * @param body as sent, not yet decoded: whether it can be is the core's business
 */
public record Delivery(String id, String body) {}
