/** Log lines, figures and traces as Azure Functions takes them. */
@NullMarked
package dev.beckon.azure.telemetry;

import org.jspecify.annotations.NullMarked;
