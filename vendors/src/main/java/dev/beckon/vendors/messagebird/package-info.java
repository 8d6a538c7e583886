/**
 * Text messages over MessageBird's REST API, one recipient a request: <a
 * href="https://developers.messagebird.com/api/sms-messaging/">its reference</a>.
 */
@NullMarked
package dev.beckon.vendors.messagebird;

import org.jspecify.annotations.NullMarked;
