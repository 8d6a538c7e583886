/** What comes before a snapshot of a function, and what only after one was restored. */
@NullMarked
package dev.beckon.aws.snapstart;

import org.jspecify.annotations.NullMarked;
