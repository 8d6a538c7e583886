package dev.beckon.vendors.messagebird;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.vendor.HttpReply;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepliesTest {

  @ParameterizedTest
  @CsvSource({
    "scheduled, ACCEPTED",
    "sent, ACCEPTED",
    "buffered, ACCEPTED",
    "delivered, ACCEPTED",
    "expired, BAD_RECIPIENT",
    "delivery_failed, BAD_RECIPIENT",
    "on_its_way, UNCLEAR_REPLY",
    "'', UNCLEAR_REPLY"
  })
  void read_recipientsStatus_judged(String status, SendCode code) throws IOException {
    ObjectNode body = sent();
    ((ObjectNode) body.at("/recipients/items/0")).put("status", status);

    assertThat(read(201, body).code()).isEqualTo(code);
  }

  @Test
  void read_failedAtOnce_tellsTheVendorsReasonAndId() throws IOException {
    ObjectNode body = sent();
    ((ObjectNode) body.at("/recipients/items/0"))
        .put("status", "delivery_failed")
        .put("statusReason", "unknown subscriber");

    assertThat(read(200, body))
        .isEqualTo(
            new SendResult(
                SendCode.BAD_RECIPIENT,
                "delivery_failed unknown subscriber",
                "e8077d803532c0b5937c639b60216938",
                null));
  }

  /** Whatever a 2xx lacks, somebody may have got a message. */
  @Test
  void read_successThatSaysLess_isUnclear() throws IOException {
    assertThat(read(200, sent().putNull("id")).code()).isEqualTo(SendCode.UNCLEAR_REPLY);
    assertThat(read(200, sent().putNull("recipients")).code()).isEqualTo(SendCode.UNCLEAR_REPLY);
    assertThat(read(200, sent().put("reference", "b7f3-8")).code())
        .isEqualTo(SendCode.UNCLEAR_REPLY);
    ObjectNode two = sent();
    ((ObjectNode) two.get("recipients")).put("totalCount", 2);
    assertThat(read(200, two).code()).isEqualTo(SendCode.UNCLEAR_REPLY);
    assertThat(read(204, "").code()).isEqualTo(SendCode.UNCLEAR_REPLY);
  }

  @Test
  void read_referenceNotEchoed_isAccepted() throws IOException {
    assertThat(read(201, sent().putNull("reference")).code()).isEqualTo(SendCode.ACCEPTED);
  }

  @Test
  void read_severalParts_toldWithTheVendorsCount() throws IOException {
    ObjectNode body = sent();
    assertThat(read(201, body).reason()).isEmpty();

    ((ObjectNode) body.at("/recipients/items/0")).put("messagePartCount", 3);
    assertThat(read(201, body).reason()).isEqualTo("3 parts");

    ((ObjectNode) body.at("/recipients/items/0")).remove("messagePartCount");
    assertThat(read(201, body).reason()).isEqualTo("2 parts");
  }

  @ParameterizedTest
  @CsvSource({
    "401, 2, access_key, BAD_CONFIGURATION",
    "422, 2, access_key, BAD_CONFIGURATION",
    "422, 9, recipients, BAD_RECIPIENT",
    "422, 10, recipient, BAD_RECIPIENT",
    "422, 10, recipients, BAD_RECIPIENT",
    "422, 9, originator, BAD_CONFIGURATION",
    "422, 10, originator, BAD_CONFIGURATION",
    "422, 9, body, BAD_CONTENT",
    "422, 10, body, BAD_CONTENT",
    "422, 10, reference, BAD_CONTENT",
    "422, 10, , BAD_CONTENT",
    "404, 20, , BAD_CONFIGURATION",
    "422, 20, , BAD_CONFIGURATION",
    "400, 21, , BAD_CONTENT",
    "422, 25, , BAD_CONFIGURATION",
    "402, 25, , BAD_CONFIGURATION",
    "401, 9, recipients, BAD_CONFIGURATION",
    "404, 98, , BAD_CONFIGURATION",
    "400, 4711, , BAD_CONTENT",
    "429, 9, recipients, THROTTLED",
    "500, 99, , UNAVAILABLE",
    "502, 9, recipients, NO_REPLY"
  })
  void read_error_judgedByItsCodeAndParameter(
      int status, int error, String parameter, SendCode code) {
    String named = parameter == null ? "null" : '"' + parameter + '"';
    String body =
        "{\"errors\":[{\"code\":%d,\"description\":\"words\",\"parameter\":%s}]}"
            .formatted(error, named);

    assertThat(read(status, body).code()).isEqualTo(code);
  }

  @Test
  void read_severalErrors_ourAccountsIsTold() {
    SendResult result =
        read(
            422,
            "{\"errors\":[{\"code\":9,\"description\":\"no (correct) recipients found\","
                + "\"parameter\":\"recipients\"},{\"code\":10,\"description\":\"originator is"
                + " invalid\",\"parameter\":\"originator\"}]}");

    assertThat(result)
        .isEqualTo(
            SendResult.of(
                SendCode.BAD_CONFIGURATION, "error 10: originator is invalid (originator)"));
  }

  @Test
  void read_refusalInNoKnownForm_judgedByStatus() {
    assertThat(read(400, "<html>").code()).isEqualTo(SendCode.BAD_CONTENT);
    assertThat(read(403, "[]").code()).isEqualTo(SendCode.BAD_CONFIGURATION);
  }

  private static ObjectNode sent() throws IOException {
    return (ObjectNode) Peer.file("sent.json");
  }

  private static SendResult read(int status, Object body) {
    HttpHeaders none = HttpHeaders.of(Map.of(), (name, value) -> true);
    return Replies.read(
        new HttpReply(status, none, body.toString(), true), "b7f3-7", 2, Instant.EPOCH);
  }
}
