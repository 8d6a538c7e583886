/** Malformed input: made from sound samples by a seed, and run with bounds on time and memory. */
package dev.beckon.fuzz;
