/** Files dropped in a bucket: scanned once, cut into chunks, handed to intake. */
@NullMarked
package dev.beckon.filedrop;

import org.jspecify.annotations.NullMarked;
