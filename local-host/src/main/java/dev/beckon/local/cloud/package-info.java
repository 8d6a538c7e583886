/**
 * Everything the module needs on one machine: servers, vendors' far ends, and what does the work.
 */
@NullMarked
package dev.beckon.local.cloud;

import org.jspecify.annotations.NullMarked;
