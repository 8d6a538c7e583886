/** Wires the core: one composition function, one platform per host, one list of entry points. */
@NullMarked
package dev.beckon.app;

import org.jspecify.annotations.NullMarked;
