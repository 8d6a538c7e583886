package dev.beckon.vendors.sparkpost;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.beckon.vendor.HttpReply;
import dev.beckon.vendor.HttpStatus;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads answers of the Transmissions API. One that accepts counts the recipients accepted and
 * rejected; why one was rejected is told in words that name the address. Only what the counts prove
 * is believed. Thread-safe.
 */
final class TransmissionReply {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What addresses stand between in an error's words. */
  private static final Pattern BETWEEN = Pattern.compile("[.:!]*[\\s'\"<>()\\[\\],;]+|[.:!]+$");

  /** Limits are counted by the hour, the day and the month. */
  private static final Duration LIMIT_WAIT = Duration.ofMinutes(5);

  /** The results of those sent, in their order. */
  List<SendResult> read(HttpReply reply, List<Addressed> sent, Instant now) {
    JsonNode body = json(reply.body());
    if (reply.isSuccess()) {
      return accepted(body, sent);
    }
    return Collections.nCopies(sent.size(), refused(reply, body, now));
  }

  private static SendResult refused(HttpReply reply, JsonNode body, Instant now) {
    SendResult plain = reply.result(now);
    String extended = body.path("errors").path(0).path("code").asText("");
    SendCode code = ErrorTable.code(reply.status(), extended);
    Duration wait = plain.retryAfter();
    if (code == SendCode.THROTTLED && wait == null) {
      wait =
          reply
              .headers()
              .firstValue("Retry-After")
              .flatMap(text -> HttpStatus.retryAfter(text, now))
              .orElse(reply.status() == 420 ? LIMIT_WAIT : null);
    }
    return new SendResult(code, plain.reason(), null, wait);
  }

  private static List<SendResult> accepted(JsonNode body, List<Addressed> sent) {
    JsonNode results = body.path("results");
    int accepted = results.path("total_accepted_recipients").asInt(-1);
    int rejected = results.path("total_rejected_recipients").asInt(-1);
    if (accepted < 0 || rejected < 0 || accepted + rejected != sent.size()) {
      return Collections.nCopies(
          sent.size(),
          SendResult.of(
              SendCode.UNCLEAR_REPLY, "the answer does not count every recipient that was sent"));
    }
    SendResult good = SendResult.accepted(results.path("id").asText(null));
    if (rejected == 0) {
      return Collections.nCopies(sent.size(), good);
    }
    SendResult[] named = named(results.path("rcpt_to_errors"), sent);
    int count = 0;
    for (SendResult result : named) {
      count += result == null ? 0 : 1;
    }
    SendResult others = others(good, sent.size(), rejected, count);
    List<SendResult> all = new ArrayList<>(sent.size());
    for (SendResult result : named) {
      all.add(result == null || count > rejected ? others : result);
    }
    return all;
  }

  /** What holds for those whose address no error names. */
  private static SendResult others(SendResult good, int sent, int rejected, int named) {
    if (named == rejected) {
      return good;
    }
    return rejected == sent
        ? SendResult.of(SendCode.BAD_RECIPIENT, "every recipient of the call was rejected")
        : SendResult.of(
            SendCode.UNCLEAR_REPLY,
            rejected + " recipients were rejected, and the answer names " + named);
  }

  private static SendResult[] named(JsonNode errors, List<Addressed> sent) {
    Map<String, List<Integer>> byAddress = new HashMap<>();
    for (int i = 0; i < sent.size(); i++) {
      byAddress.computeIfAbsent(lower(sent.get(i).address()), any -> new ArrayList<>(1)).add(i);
    }
    SendResult[] results = new SendResult[sent.size()];
    for (JsonNode error : errors) {
      String words = error.path("message").asText() + " " + error.path("description").asText();
      for (String word : BETWEEN.split(lower(words), -1)) {
        List<Integer> places = byAddress.get(word);
        if (places != null) {
          SendResult result = rejection(error, words, word);
          places.forEach(place -> results[place] = result);
        }
      }
    }
    return results;
  }

  private static SendResult rejection(JsonNode error, String words, String address) {
    String quiet =
        Pattern.compile(Pattern.quote(address), Pattern.CASE_INSENSITIVE)
            .matcher(words)
            .replaceAll("***");
    return SendResult.of(
        SendCode.BAD_RECIPIENT, error.path("code").asText("") + " " + quiet.strip());
  }

  private static JsonNode json(String text) {
    try {
      JsonNode read = JSON.readTree(text);
      return read == null ? JSON.missingNode() : read;
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
