/** Single steps of the path, measured by JMH. */
@NullMarked
package dev.beckon.bench.steps;

import org.jspecify.annotations.NullMarked;
