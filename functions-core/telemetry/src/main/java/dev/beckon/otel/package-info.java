/** Traces by OpenTelemetry, as every cloud's functions send them. */
@NullMarked
package dev.beckon.otel;

import org.jspecify.annotations.NullMarked;
