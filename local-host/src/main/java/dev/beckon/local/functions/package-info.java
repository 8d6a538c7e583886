/**
 * A staged function app as Azure's Functions host runs it, on one machine, against Azure Storage's
 * emulator.
 */
@NullMarked
package dev.beckon.local.functions;

import org.jspecify.annotations.NullMarked;
