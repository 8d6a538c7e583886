/**
 * What a sending vendor is to Beckon: one batch-shaped interface, its settings, traits and
 * outcomes.
 */
@NullMarked
package dev.beckon.vendor;

import org.jspecify.annotations.NullMarked;
