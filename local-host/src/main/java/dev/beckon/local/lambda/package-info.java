/**
 * Functions as Lambda runs them: the deployable jar in processes, under the real runtime client.
 */
@NullMarked
package dev.beckon.local.lambda;

import org.jspecify.annotations.NullMarked;
