package dev.beckon.local.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.account.Secret;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Recipient;
import dev.beckon.vendor.Content;
import dev.beckon.vendor.OutboundMessage;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import dev.beckon.vendor.Vendor;
import dev.beckon.vendor.VendorFactory;
import dev.beckon.vendor.VendorSettings;
import dev.beckon.vendors.Vendors;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spoken to by the vendor itself, so that each keeps the other honest. */
class MessageBirdServerTest {

  @Test
  void post_sameReferenceTwice_isSeen() {
    try (MessageBirdServer server =
            MessageBirdServer.start(
                new MessageBirdServer.Options("k3y", 1, 0, 0, Duration.ZERO, 1));
        Vendor vendor = vendor(server, "k3y")) {
      SendResult first = send(vendor, "a", "+4915012345678");
      SendResult second = send(vendor, "a", "+4915012345678");
      send(vendor, "b", "+4915012345678");

      assertThat(List.of(first, second))
          .extracting(SendResult::code)
          .containsOnly(SendCode.ACCEPTED);
      assertThat(first.vendorId()).hasSize(32).isNotEqualTo(second.vendorId());
      assertThat(server.ledger().total()).isEqualTo(3);
      assertThat(server.ledger().repeated()).isEqualTo(Map.of("a", 2));
      assertThat(server.kept())
          .containsExactly(new MessageBirdServer.Text("Beckon", "4915012345678", "Hello", "plain"));
    }
  }

  @Test
  void post_wrongKey_isRefusedAndNotCounted() {
    try (MessageBirdServer server =
            MessageBirdServer.start(MessageBirdServer.Options.quiet("k3y"));
        Vendor vendor = vendor(server, "another")) {
      SendResult result = send(vendor, "a", "+4915012345678");

      assertThat(result.code()).isEqualTo(SendCode.BAD_CONFIGURATION);
      assertThat(result.reason()).contains("incorrect access_key").doesNotContain("another");
      assertThat(server.ledger().total()).isZero();
    }
  }

  @Test
  void post_ratesGiven_fallOnRecipientsAndAreCounted() {
    try (MessageBirdServer server =
            MessageBirdServer.start(
                new MessageBirdServer.Options("k3y", 0, 0.2, 0.3, Duration.ZERO, 1));
        Vendor vendor = vendor(server, "k3y")) {
      Map<SendCode, Integer> first = new EnumMap<>(SendCode.class);
      Map<SendCode, Integer> again = new EnumMap<>(SendCode.class);
      for (int row = 0; row < 200; row++) {
        first.merge(send(vendor, "r" + row, number(row)).code(), 1, Integer::sum);
      }
      for (int row = 0; row < 200; row++) {
        again.merge(send(vendor, "again" + row, number(row)).code(), 1, Integer::sum);
      }

      assertThat(first.get(SendCode.BAD_RECIPIENT)).isBetween(15, 70);
      assertThat(first.get(SendCode.THROTTLED))
          .isBetween(20, 90)
          .isEqualTo((int) server.throttled());
      assertThat(again.get(SendCode.BAD_RECIPIENT)).isEqualTo(first.get(SendCode.BAD_RECIPIENT));
      assertThat(again).doesNotContainKey(SendCode.THROTTLED);
      assertThat(server.refused()).isEqualTo(2L * first.get(SendCode.BAD_RECIPIENT));
      assertThat(server.ledger().total())
          .isEqualTo(first.get(SendCode.ACCEPTED) + again.get(SendCode.ACCEPTED));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "not JSON|originator",
        "{\"originator\":\"Beckon\",\"recipients\":[\"4915012345678\"]}|body",
        "{\"originator\":\"Beckon\",\"body\":\"Hi\"}|recipients",
        "{\"originator\":\"Beckon\",\"body\":\"Hi\",\"recipients\":[\"+4915\"]}|recipients",
        "{\"originator\":\"Beckon\",\"body\":\"Hi\",\"recipients\":[\"4915012345678\",\"4915012345679\"]}"
            + "|recipients"
      })
  void post_somethingMissing_isNamedAndNothingCounted(String body, String parameter)
      throws Exception {
    try (MessageBirdServer server =
            MessageBirdServer.start(MessageBirdServer.Options.quiet("k3y"));
        HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> reply =
          http.send(
              HttpRequest.newBuilder(server.url())
                  .header("Authorization", "AccessKey k3y")
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());

      assertThat(reply.statusCode()).isEqualTo(422);
      assertThat(reply.body()).contains("\"parameter\":\"" + parameter + "\"");
      assertThat(server.ledger().total()).isZero();
    }
  }

  private static String number(int row) {
    return "+49150%08d".formatted(row);
  }

  private static SendResult send(Vendor vendor, String reference, String to) {
    return vendor
        .send(
            List.of(
                new OutboundMessage(
                    reference,
                    new UUID(0, 1),
                    new Recipient(Channel.SMS, to),
                    new Content.Sms("Hello"))))
        .getFirst();
  }

  private static Vendor vendor(MessageBirdServer server, String key) {
    VendorFactory factory = Vendors.catalog().find("messagebird").orElseThrow();
    return factory.create(
        VendorSettings.read(
            factory.settings(),
            Map.of(
                "accessKey", "secret://key",
                "originator", "Beckon",
                "url", server.url().toString()),
            reference -> new Secret(key)));
  }
}
