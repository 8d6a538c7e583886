/** SparkPost: mails by its Transmissions API, thousands a call. */
@NullMarked
package dev.beckon.vendors.sparkpost;

import org.jspecify.annotations.NullMarked;
