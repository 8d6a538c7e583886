/** What operators see of the work: fields of log lines, metrics, spans; hosts say where they go. */
@NullMarked
package dev.beckon.telemetry;

import org.jspecify.annotations.NullMarked;
