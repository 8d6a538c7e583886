/** The AWS host: one handler per entry point and the platform they stand on. */
@NullMarked
package dev.beckon.aws;

import org.jspecify.annotations.NullMarked;
