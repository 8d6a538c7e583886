/** What operators are told of an account's events, by mail. */
@NullMarked
package dev.beckon.notices;

import org.jspecify.annotations.NullMarked;
