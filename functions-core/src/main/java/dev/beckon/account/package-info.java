/** One tenant's configuration as an immutable snapshot, and where it and its secrets come from. */
@NullMarked
package dev.beckon.account;

import org.jspecify.annotations.NullMarked;
