/** Invitations handed in together by one request: accepted once, however often it is sent. */
@NullMarked
package dev.beckon.batch;

import org.jspecify.annotations.NullMarked;
