package dev.beckon.vendors.messagebird;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.beckon.account.Secret;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Recipient;
import dev.beckon.vendor.Content;
import dev.beckon.vendor.HttpPeer;
import dev.beckon.vendor.OutboundMessage;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import dev.beckon.vendor.Vendor;
import dev.beckon.vendor.VendorSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageBirdTest {
  private final HttpPeer peer = new HttpPeer(new Peer());

  @AfterEach
  void stop() {
    peer.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plain-request.json|How was it, {Jürgen}? 1 € for an answer: https://survey.example.org/t7",
        "unicode-request.json|Grüße, Ελένη – how was it? 🎉"
      })
  void send_text_postsWhatTheReferenceAsksFor(String golden, String text) throws Exception {
    assertThat(send(Map.of(), text).code()).isEqualTo(SendCode.ACCEPTED);

    HttpPeer.Request request = peer.requests().get(0);
    assertThat(request.method() + " " + request.path()).isEqualTo("POST /messages");
    assertThat(request.headers())
        .containsEntry("authorization", "AccessKey k3y")
        .containsEntry("accept", "application/json")
        .containsEntry("content-type", "application/json; charset=utf-8");
    assertThat(new ObjectMapper().readTree(request.body())).isEqualTo(Peer.file(golden));
  }

  @Test
  void send_accepted_tellsTheVendorsId() {
    SendResult result = send(Map.of(), "Hello");

    assertThat(result).isEqualTo(SendResult.accepted("e8077d803532c0b5937c639b60216938"));
  }

  @Test
  void send_unicodeAskedFor_saidOfAnyText() throws Exception {
    send(Map.of("datacoding", "unicode"), "Hello");

    assertThat(
            new ObjectMapper().readTree(peer.requests().get(0).body()).get("datacoding").asText())
        .isEqualTo("unicode");
  }

  @Test
  void send_plainAskedForAndMoreNeeded_refusedUnsentWithTheRemedy() {
    SendResult result = send(Map.of("datacoding", "plain"), "Grüße, Ελένη");

    assertThat(result.code()).isEqualTo(SendCode.BAD_CONTENT);
    assertThat(result.reason())
        .isEqualTo("the text holds characters outside the GSM alphabet; set datacoding to auto");
    assertThat(peer.requests()).isEmpty();
  }

  @Test
  void send_moreThanMaxParts_refusedUnsentWithBothNumbers() {
    SendResult result = send(Map.of("maxParts", "2"), "a".repeat(307));

    assertThat(result.code()).isEqualTo(SendCode.BAD_CONTENT);
    assertThat(result.reason())
        .isEqualTo("the text takes 3 parts in the GSM alphabet, more than maxParts (2)");
    assertThat(peer.requests()).isEmpty();
    assertThat(send(Map.of("maxParts", "2"), "a".repeat(306)).code()).isEqualTo(SendCode.ACCEPTED);
  }

  @Test
  void send_emptyTextOrMail_refusedUnsent() {
    assertThat(send(Map.of(), "").code()).isEqualTo(SendCode.BAD_CONTENT);
    assertThat(send(Map.of(), new Content.Email("Hi", "text", null, null)).code())
        .isEqualTo(SendCode.BAD_CONTENT);
    assertThat(peer.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Beckon", "Survey 24", "ACME", "+4930123456", "31612345678", "12345"})
  void create_originatorAllowed_built(String originator) {
    vendor(Map.of("originator", originator)).close();
  }

  @ParameterizedTest
  @CsvSource({
    "originator, Twelve chars",
    "originator, 0301234567",
    "originator, 1234567890123456",
    "originator, Zoë",
    "originator, 'A,B'",
    "url, http://rest.messagebird.com/messages",
    "url, https://user:pass@rest.messagebird.com/messages",
    "url, ftp://localhost/messages",
    "datacoding, gsm",
    "maxParts, 0",
    "maxParts, 10",
    "connections, 0",
    "timeout, PT0S"
  })
  void create_settingOutOfBounds_refusedByName(String name, String value) {
    ThrowingCallable building = () -> vendor(Map.of(name, value));

    Assertions.assertThatIllegalArgumentException()
        .isThrownBy(building)
        .withMessageContaining(name);
  }

  private SendResult send(Map<String, String> more, String text) {
    return send(more, new Content.Sms(text));
  }

  private SendResult send(Map<String, String> more, Content content) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("url", "http://127.0.0.1:" + peer.port() + "/messages");
    try (Vendor vendor = vendor(settings)) {
      Recipient to = new Recipient(Channel.SMS, "+31612345678");
      return vendor
          .send(List.of(new OutboundMessage("b7f3-7", new UUID(0, 7), to, content)))
          .get(0);
    }
  }

  private static Vendor vendor(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("accessKey", "secret://messagebird");
    settings.putIfAbsent("originator", "Beckon");
    MessageBirdFactory factory = new MessageBirdFactory();
    return factory.create(
        VendorSettings.read(factory.settings(), settings, reference -> new Secret("k3y")));
  }
}
