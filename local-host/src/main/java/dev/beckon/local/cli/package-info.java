/** The {@code beckon} command. */
@NullMarked
package dev.beckon.local.cli;

import org.jspecify.annotations.NullMarked;
