/** Looks an installation over, part by part, and says what is wrong with it and what to do. */
@NullMarked
package dev.beckon.local.doctor;

import org.jspecify.annotations.NullMarked;
