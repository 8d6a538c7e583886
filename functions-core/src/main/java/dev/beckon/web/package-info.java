/** The only requests and replies of HTTP that the core knows; hosts translate theirs. */
@NullMarked
package dev.beckon.web;

import org.jspecify.annotations.NullMarked;
