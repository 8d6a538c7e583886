/** The only reader of the environment: typed, checked as a whole, printed masked. */
@NullMarked
package dev.beckon.config;

import org.jspecify.annotations.NullMarked;
