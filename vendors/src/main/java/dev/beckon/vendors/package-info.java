/** The vendors Beckon ships, one package each, registered in one list. */
@NullMarked
package dev.beckon.vendors;

import org.jspecify.annotations.NullMarked;
