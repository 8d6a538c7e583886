/** What runs in the measured process: the real core, one scenario a process. */
@NullMarked
package dev.beckon.bench.worker;

import org.jspecify.annotations.NullMarked;
