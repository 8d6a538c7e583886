/** Azure Storage's emulator as a process of its own, on loopback. */
@NullMarked
package dev.beckon.azurite;

import org.jspecify.annotations.NullMarked;
