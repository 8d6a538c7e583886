/** One worker process: the real handlers behind event sources that behave as Lambda's do. */
@NullMarked
package dev.beckon.local.worker;

import org.jspecify.annotations.NullMarked;
