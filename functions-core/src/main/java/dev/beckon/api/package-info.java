/** The HTTP door: routes over the only request and reply the core knows. */
@NullMarked
package dev.beckon.api;

import org.jspecify.annotations.NullMarked;
