/** What AWS supplies to the core: queues, objects, secrets and keys. */
@NullMarked
package dev.beckon.aws.platform;

import org.jspecify.annotations.NullMarked;
