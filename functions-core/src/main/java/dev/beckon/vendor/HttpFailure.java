package dev.beckon.vendor;

/**
 * No usable answer came.
 *
 * @param result {@link SendCode#UNAVAILABLE} when the request was certainly not written whole,
 *     {@link SendCode#NO_REPLY} when it may have been
 */
public record HttpFailure(SendResult result) implements HttpOutcome {}
