/**
 * The simulation of an alert service under load: who makes messages, who sends them, who watches,
 * and the servers they share.
 */
@NullMarked
package dev.beckon.local.simulation;

import org.jspecify.annotations.NullMarked;
