/**
 * The installation that a command works on: one described by the environment, or a running demo.
 */
@NullMarked
package dev.beckon.local.installation;

import org.jspecify.annotations.NullMarked;
