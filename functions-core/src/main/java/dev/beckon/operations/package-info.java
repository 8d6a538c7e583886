/** What an operator asks and orders: finding invitations, their histories, redriving them. */
@NullMarked
package dev.beckon.operations;

import org.jspecify.annotations.NullMarked;
