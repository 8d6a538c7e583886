package dev.beckon.vendors.messagebird;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.check.Finding;
import dev.beckon.vendor.HttpFailure;
import dev.beckon.vendor.HttpReply;
import dev.beckon.vendor.VendorHttp;
import java.util.List;
import java.util.Map;

/**
 * Asks for the account's <a href="https://developers.messagebird.com/api/balance/">balance</a>,
 * which every live key may read. Whether a sender may be used is a matter of the recipient's
 * country, and no page of this API tells it.
 */
final class BalanceCheck {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final MessageBirdOptions options;
  private final VendorHttp http;
  private final Map<String, String> headers;

  BalanceCheck(MessageBirdOptions options, VendorHttp http, Map<String, String> headers) {
    this.options = options;
    this.http = http;
    this.headers = headers;
  }

  List<Finding> run() {
    return switch (http.get(options.url().resolve("balance"), headers, options.timeout())) {
      case HttpFailure failure ->
          List.of(
              Finding.wrong(
                  "MessageBird does not answer: " + failure.result().reason(),
                  "check url, and that functions reach the internet"));
      case HttpReply reply -> read(reply);
    };
  }

  private static List<Finding> read(HttpReply reply) {
    return switch (reply.status()) {
      case 200 ->
          List.of(
              balance(reply.body()),
              Finding.unknown(
                  "whether the originator may be used cannot be looked up",
                  "check the rules of your recipients' countries; some replace or refuse names"));
      case 401, 403 ->
          List.of(
              Finding.wrong(
                  "MessageBird refuses the access key",
                  "fill the secret of accessKey with the live key, not the test key"));
      default ->
          List.of(
              Finding.unknown(
                  "MessageBird answered the balance's look-up with " + reply.status(),
                  "try again later"));
    };
  }

  private static Finding balance(String body) {
    JsonNode balance;
    try {
      balance = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return Finding.unknown("MessageBird's answer is not JSON", "check url");
    }
    boolean prepaid = balance.path("payment").asText("").equals("prepaid");
    boolean empty = prepaid && balance.path("amount").asDouble(0) <= 0;
    return empty
        ? Finding.wrong(
            "MessageBird takes the key, and the prepaid balance is used up",
            "buy credit, or every text is refused")
        : Finding.good("MessageBird takes the key" + (prepaid ? " and has credit" : ""));
  }
}
