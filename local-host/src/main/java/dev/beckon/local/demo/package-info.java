/** What {@code ./beckon demo} needs beside the hosts: made-up rows in any number. */
@NullMarked
package dev.beckon.local.demo;

import org.jspecify.annotations.NullMarked;
