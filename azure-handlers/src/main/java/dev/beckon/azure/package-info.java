/** Entry points as Azure calls them: each translates its event and calls the core. */
@NullMarked
package dev.beckon.azure;

import org.jspecify.annotations.NullMarked;
