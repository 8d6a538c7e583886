/** What is counted while something runs: time, processor time, allocation, heap. */
@NullMarked
package dev.beckon.bench.measure;

import org.jspecify.annotations.NullMarked;
