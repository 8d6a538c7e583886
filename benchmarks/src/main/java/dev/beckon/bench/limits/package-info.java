/** What the same machine reaches when nobody but the wire works: bare writers for the sinks. */
@NullMarked
package dev.beckon.bench.limits;

import org.jspecify.annotations.NullMarked;
