/** Reads JSON that people and programs write: strict, bounded, every problem named by its path. */
@NullMarked
package dev.beckon.json;

import org.jspecify.annotations.NullMarked;
