/** Log lines, metrics and traces as AWS takes them. */
@NullMarked
package dev.beckon.aws.telemetry;

import org.jspecify.annotations.NullMarked;
