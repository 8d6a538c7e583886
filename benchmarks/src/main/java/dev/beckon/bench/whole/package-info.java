/** Whole runs on the emulators of the local host, beside what the emulators themselves reach. */
@NullMarked
package dev.beckon.bench.whole;

import org.jspecify.annotations.NullMarked;
