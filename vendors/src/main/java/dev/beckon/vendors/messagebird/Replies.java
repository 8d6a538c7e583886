package dev.beckon.vendors.messagebird;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.beckon.vendor.HttpReply;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What MessageBird's answers mean. */
final class Replies {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The worst comes first: nobody is to blame as long as our account is. */
  private static final Comparator<SendResult> GRAVITY =
      Comparator.comparingInt(result ->
          switch (result.code()) {
            case BAD_CONFIGURATION -> 0;
            case BAD_RECIPIENT -> 1;
            default -> 2;
          });

  private Replies() {}

  /**
   * Reads an answer.
   *
   * @param reference what the request gave as ours
   * @param counted the parts we counted; the vendor's own count wins
   */
  static SendResult read(HttpReply reply, String reference, int counted, Instant now) {
    JsonNode body = tree(reply.body());
    if (reply.isSuccess()) {
      return accepted(body, reference, counted);
    }
    SendResult byStatus = reply.result(now);
    // Other codes leave open whether something was taken, or ask for patience: the status decides.
    boolean refused =
        byStatus.code() == SendCode.BAD_CONTENT || byStatus.code() == SendCode.BAD_CONFIGURATION;
    return refused ? refusal(body, byStatus) : byStatus;
  }

  private static SendResult accepted(JsonNode body, String reference, int counted) {
    String id = body.path("id").asText("");
    JsonNode recipients = body.path("recipients");
    JsonNode first = recipients.path("items").path(0);
    if (id.isEmpty() || recipients.path("totalCount").asInt(0) != 1) {
      return SendResult.of(
          SendCode.UNCLEAR_REPLY, "the answer names no message with one recipient");
    }
    if (!reference.equals(body.path("reference").asText(reference))) {
      return SendResult.of(SendCode.UNCLEAR_REPLY, "the answer is about another message");
    }
    String status = first.path("status").asText("");
    return switch (status) {
      case "scheduled", "sent", "buffered", "delivered" ->
          new SendResult(
              SendCode.ACCEPTED, parts(first.path("messagePartCount").asInt(counted)), id, null);
      case "expired", "delivery_failed" ->
          new SendResult(
              SendCode.BAD_RECIPIENT,
              (status + " " + first.path("statusReason").asText("")).strip(),
              id,
              null);
      default -> SendResult.of(SendCode.UNCLEAR_REPLY, "the answer's status is not known");
    };
  }

  private static String parts(int number) {
    return number > 1 ? number + " parts" : "";
  }

  private static SendResult refusal(JsonNode body, SendResult byStatus) {
    List<SendResult> results = new ArrayList<>();
    for (JsonNode error : body.path("errors")) {
      int code = error.path("code").asInt(0);
      String parameter = error.path("parameter").asText("");
      String words = error.path("description").asText("no description");
      String named = parameter.isEmpty() ? "" : " (" + parameter + ")";
      results.add(
          SendResult.of(
              code(code, parameter, byStatus.code()), "error " + code + ": " + words + named));
    }
    return results.stream().min(GRAVITY).orElse(byStatus);
  }

  /** The table of <a href="https://developers.messagebird.com/api/#api-errors">API errors</a>. */
  private static SendCode code(int error, String parameter, SendCode byStatus) {
    if (byStatus == SendCode.BAD_CONFIGURATION) {
      return byStatus;
    }
    return switch (error) {
      // incorrect key, not found, not enough balance, no such API
      case 2, 20, 25, 98 -> SendCode.BAD_CONFIGURATION;
      // missing and invalid parameters
      case 9, 10 ->
          switch (parameter) {
            case "recipient", "recipients" -> SendCode.BAD_RECIPIENT;
            case "body", "reference" -> SendCode.BAD_CONTENT;
            case "" -> byStatus;
            default -> SendCode.BAD_CONFIGURATION;
          };
      default -> byStatus;
    };
  }

  private static JsonNode tree(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
