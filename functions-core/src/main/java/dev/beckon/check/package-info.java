/** What somebody who looks after an installation is told about one of its parts. */
@NullMarked
package dev.beckon.check;

import org.jspecify.annotations.NullMarked;
