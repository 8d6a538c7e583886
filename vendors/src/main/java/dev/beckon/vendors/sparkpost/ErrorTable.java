package dev.beckon.vendors.sparkpost;

import dev.beckon.vendor.HttpStatus;
import dev.beckon.vendor.SendCode;

/**
 * What a refused call says, by status and extended code (<a
 * href="https://support.sparkpost.com/docs/tech-resources/extended-error-codes">table</a>). The
 * content of a call is ours and shared, so what it blames is template or configuration, except
 * where it says that no recipient is valid.
 */
final class ErrorTable {
  private ErrorTable() {}

  /**
   * @param extended the {@code code} of the first error, or empty when the answer has none
   */
  static SendCode code(int status, String extended) {
    return switch (extended) {
      // message generation and the database: "retry later"
      case "1500", "1501", "1502", "1900" -> SendCode.UNAVAILABLE;
      // key, licence, user; a pool or subaccount that is not there; the sandbox; the sending domain
      case "1100", "1303", "1304", "1600", "1601", "1603", "1910", "2103", "2106", "7000", "7001" ->
          SendCode.BAD_CONFIGURATION;
      case "2101", "2102" -> SendCode.THROTTLED;
      case "5002" -> SendCode.BAD_RECIPIENT;
      default -> byStatus(status);
    };
  }

  private static SendCode byStatus(int status) {
    // the account's sending limit: "no messages are sent"
    return status == 420 ? SendCode.THROTTLED : HttpStatus.code(status);
  }
}
