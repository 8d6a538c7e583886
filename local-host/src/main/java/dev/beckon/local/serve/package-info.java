/** The whole module on one machine as a place to work: it stays up until it is told to end. */
@NullMarked
package dev.beckon.local.serve;

import org.jspecify.annotations.NullMarked;
