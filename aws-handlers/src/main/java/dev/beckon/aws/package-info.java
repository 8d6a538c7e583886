/** The AWS host: one handler per entry point. */
@NullMarked
package dev.beckon.aws;

import org.jspecify.annotations.NullMarked;
