/** How fast and how much may go out through a vendor account, over all workers. */
@NullMarked
package dev.beckon.pace;

import org.jspecify.annotations.NullMarked;
