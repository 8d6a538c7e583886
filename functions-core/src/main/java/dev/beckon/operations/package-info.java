/**
 * What an operator asks and orders: finding invitations, their histories, redriving them, erasing
 * recipients.
 */
@NullMarked
package dev.beckon.operations;

import org.jspecify.annotations.NullMarked;
