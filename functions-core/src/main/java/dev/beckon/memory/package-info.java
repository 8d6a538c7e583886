/** In-memory ports, for tests and samples; they pass the same contract suites as the real ones. */
@NullMarked
package dev.beckon.memory;

import org.jspecify.annotations.NullMarked;
