package dev.beckon.vendors.sparkpost;

import dev.beckon.vendor.OutboundMessage;
import java.util.List;

/**
 * One recipient of a shared mail.
 *
 * @param index of the message in its call
 */
record Addressed(int index, OutboundMessage message, List<String> values) {

  String address() {
    return message.to().address();
  }

  String reference() {
    return message.reference();
  }

  /** How much of its own it brings, in characters. */
  long length() {
    long length = 0;
    for (String value : values) {
      length += value.length();
    }
    return length;
  }

  /** Shows no personal value. */
  @Override
  public String toString() {
    return "Addressed[" + reference() + "]";
  }
}
