/** What Azure supplies to the core. */
@NullMarked
package dev.beckon.azure.platform;

import org.jspecify.annotations.NullMarked;
