/** What Azure supplies to the core: queues, objects, secrets and keys. */
@NullMarked
package dev.beckon.azure.platform;

import org.jspecify.annotations.NullMarked;
