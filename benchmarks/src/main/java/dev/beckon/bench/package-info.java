/** The benchmarks of Beckon: what it reaches, beside what the machine allows. */
@NullMarked
package dev.beckon.bench;

import org.jspecify.annotations.NullMarked;
