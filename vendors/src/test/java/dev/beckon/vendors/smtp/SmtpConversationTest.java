package dev.beckon.vendors.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.beckon.account.Secret;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Recipient;
import dev.beckon.vendor.Content;
import dev.beckon.vendor.OutboundMessage;
import dev.beckon.vendor.SampleMessages;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import dev.beckon.vendor.Vendor;
import dev.beckon.vendor.VendorSettings;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client against every turn a conversation can take. */
class SmtpConversationTest {
  private final SmtpPeer peer = new SmtpPeer();
  private Vendor vendor = vendor(Map.of());

  @AfterEach
  void stop() {
    vendor.close();
    peer.close();
  }

  @Test
  void send_serverPipelines_nextEnvelopeTravelsWithEndOfMail() {
    send(20);

    assertThat(peer.pipelined.get()).isGreaterThan(10);
    assertThat(peer.connections).hasValue(1);
  }

  @Test
  void send_serverDoesNotPipeline_oneCommandAtATime() {
    peer.ehlo = "250 peer";

    assertThat(send(5)).containsOnly(SendCode.ACCEPTED);
    assertThat(peer.pipelined).hasValue(0);
  }

  @Test
  void send_serverKnowsOnlyHelo_accepted() {
    peer.answer("EHLO", "502 what?");
    peer.answer("HELO", "250 peer");

    assertThat(send(2)).containsOnly(SendCode.ACCEPTED);
  }

  @Test
  void send_secondCall_reusesConnection() {
    send(2);
    send(2);

    assertThat(peer.connections).hasValue(1);
  }

  @Test
  void send_moreThanConnectionTakes_reconnects() {
    vendor.close();
    vendor = vendor(Map.of("messagesPerConnection", "3"));

    assertThat(send(8)).containsOnly(SendCode.ACCEPTED);
    assertThat(peer.connections).hasValue(3);
    assertThat(peer.mails).hasSize(8);
  }

  @Test
  void send_keptConnectionClosedMeanwhile_reconnectsAndGoesOn() throws Exception {
    send(1);
    peer.dropConnections();

    assertThat(send(3)).containsOnly(SendCode.ACCEPTED);
    assertThat(peer.mails).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource({
    "GREETING, 421 4.7.0 too many connections, THROTTLED",
    "GREETING, 421 4.3.2 shutting down, UNAVAILABLE",
    "GREETING, 450 later, THROTTLED",
    "GREETING, 554 5.7.1 no, BAD_CONFIGURATION",
    "GREETING, (hang up), UNAVAILABLE",
    "GREETING, nonsense, UNAVAILABLE",
    "EHLO, 421 closing, THROTTLED",
    "EHLO, (hang up), UNAVAILABLE",
    "MAIL, 421 4.7.0 slow down, THROTTLED",
    "MAIL, 421 4.3.0 broken, UNAVAILABLE",
    "MAIL, 450 slow down, THROTTLED",
    "MAIL, 451 4.3.0 broken, UNAVAILABLE",
    "MAIL, 451 4.7.500 busy, THROTTLED",
    "MAIL, 452 4.3.1 disk full, UNAVAILABLE",
    "MAIL, 454 Throttling failure: Maximum sending rate exceeded, THROTTLED",
    "MAIL, 530 5.7.0 log in first, BAD_CONFIGURATION",
    "MAIL, 550 5.7.1 sender refused, BAD_CONFIGURATION",
    "MAIL, 552 5.3.4 too large, BAD_CONTENT",
    "MAIL, (hang up), UNAVAILABLE",
    "MAIL, nonsense, UNAVAILABLE",
    "RCPT, 421 bye, THROTTLED",
    "RCPT, 450 4.2.1 slow, THROTTLED",
    "RCPT, 450 mailbox busy, UNAVAILABLE",
    "RCPT, 451 local error, UNAVAILABLE",
    "RCPT, 452 4.5.3 too many, THROTTLED",
    "RCPT, 501 5.1.3 syntax, BAD_RECIPIENT",
    "RCPT, 550 5.1.1 unknown, BAD_RECIPIENT",
    "RCPT, 553 no such name, BAD_RECIPIENT",
    "RCPT, 554 5.7.1 Relay access denied, BAD_CONFIGURATION",
    "RCPT, 530 5.7.0 log in first, BAD_CONFIGURATION",
    "RCPT, 550 5.1.8 sender's domain unknown, BAD_CONFIGURATION",
    "RCPT, (hang up), UNAVAILABLE",
    "DATA, 451 later, UNAVAILABLE",
    "DATA, 554 5.6.0 no, BAD_CONTENT",
    "DATA, 250 what, UNAVAILABLE",
    "DATA, (hang up), UNAVAILABLE",
    "END, 421 4.7.0 slow down, THROTTLED",
    "END, 451 later, UNAVAILABLE",
    "END, 550 5.7.1 spam, BAD_CONTENT",
    "END, 550 5.7.26 not authenticated, BAD_CONFIGURATION",
    "END, 550 5.1.1 unknown after all, BAD_RECIPIENT",
    "END, 554 no, BAD_CONTENT",
    "END, 354 what, UNCLEAR_REPLY",
    "END, nonsense, UNCLEAR_REPLY",
    "END, (hang up), NO_REPLY"
  })
  void send_singleMailAnswered_judgedByStage(String verb, String answer, SendCode code) {
    peer.answer(verb, answer);

    assertThat(send(1)).containsExactly(code);
  }

  @ParameterizedTest
  @CsvSource({
    "MAIL, 450 4.2.1 slow",
    "MAIL, 550 5.7.1 no",
    "RCPT, 550 5.1.1 unknown",
    "RCPT, 451 later",
    "DATA, 451 later",
    "END, 554 5.6.0 no",
    "END, 451 later"
  })
  void send_oneOfMany_neighboursAccepted(String verb, String answer) {
    for (boolean pipelining : List.of(true, false)) {
      peer.ehlo = pipelining ? "250-peer\r\n250 PIPELINING" : "250 peer";
      peer.answer(verb, verb.equals("END") ? "250 ok" : verb.equals("DATA") ? "354 go" : "250 ok");
      peer.answer(verb, answer);

      List<SendCode> codes = send(4);

      assertThat(codes.get(1)).isNotEqualTo(SendCode.ACCEPTED);
      assertThat(List.of(codes.get(0), codes.get(2), codes.get(3))).containsOnly(SendCode.ACCEPTED);
    }
    assertThat(peer.mails).hasSize(6);
  }

  @Test
  void send_recipientRefusedButDataInvited_emptyMailEndsIt() {
    peer.answer("RCPT", "550 5.1.1 unknown");
    peer.answer("DATA", "354 go on all the same");

    assertThat(send(2)).containsExactly(SendCode.BAD_RECIPIENT, SendCode.ACCEPTED);
    assertThat(peer.mails).hasSize(1);
  }

  @Test
  void send_serverClosesBetweenMails_goesOnOverNewConnection() {
    peer.answer("MAIL", "250 ok", "421 4.7.0 enough mails on this connection", "250 ok");

    assertThat(send(4)).containsOnly(SendCode.ACCEPTED);
    assertThat(peer.connections).hasValue(2);
    assertThat(peer.mails).hasSize(4);
  }

  @Test
  void send_hangUpAfterSecondMail_onlyThatOneInDoubt() {
    peer.answer("END", "250 ok", SmtpPeer.HANG_UP);

    assertThat(send(4))
        .containsExactly(
            SendCode.ACCEPTED, SendCode.NO_REPLY, SendCode.NOT_STARTED, SendCode.NOT_STARTED);
    assertThat(peer.connections).hasValue(1);
  }

  @Test
  void send_hangBeforeData_unavailableNeverInDoubt() {
    vendor.close();
    vendor = vendor(Map.of("timeout", "PT0.6S"));
    peer.answer("MAIL", SmtpPeer.HANG);

    assertThat(send(2)).containsExactly(SendCode.UNAVAILABLE, SendCode.NOT_STARTED);
  }

  @Test
  void send_multiLineReplies_read() {
    peer.answer("MAIL", "250-first\r\n250 second");
    peer.answer("END", "250-2.0.0 well\r\n250 2.0.0 Ok: queued as ABC12345");

    assertThat(vendor.send(SampleMessages.of(Channel.EMAIL, 1)))
        .singleElement()
        .extracting(SendResult::vendorId)
        .isEqualTo("ABC12345");
  }

  @Test
  void send_oversizedReply_connectionGivenUp() {
    peer.answer("MAIL", "250-" + "x".repeat(200_000) + "\r\n250 end");

    assertThat(send(1)).containsExactly(SendCode.UNAVAILABLE);
  }

  @Test
  void send_mailBeyondServersSize_badContentAlone() {
    peer.ehlo = "250-peer\r\n250-PIPELINING\r\n250 SIZE 5000";
    List<OutboundMessage> messages = new ArrayList<>(SampleMessages.of(Channel.EMAIL, 3));
    messages.set(1, mail("b-1", "ada@example.org", "Hi", "long ".repeat(2000)));

    assertThat(codes(messages))
        .containsExactly(SendCode.ACCEPTED, SendCode.BAD_CONTENT, SendCode.ACCEPTED);
  }

  @Test
  void send_unsafeAddressOrReference_refusedAlone() {
    List<OutboundMessage> messages =
        List.of(
            mail("b-0", "ada@example.org", "Hi", "text"),
            mail("b-1", "ada@example.org>\r\nRCPT TO:<eve@example.org", "Hi", "text"),
            mail("b-2\r\nBcc: eve@example.org", "ada@example.org", "Hi", "text"),
            mail("b-3", "grace@example.org", "Hi", "text"));

    assertThat(codes(messages))
        .containsExactly(
            SendCode.ACCEPTED, SendCode.BAD_RECIPIENT, SendCode.BAD_CONTENT, SendCode.ACCEPTED);
    assertThat(peer.commands).noneMatch(line -> line.contains("eve"));
  }

  @Test
  void send_internationalAddress_needsServersExtension() {
    List<OutboundMessage> messages = List.of(mail("b-0", "zoë@example.org", "Hi", "text"));
    assertThat(codes(messages)).containsExactly(SendCode.BAD_RECIPIENT);

    vendor.close();
    vendor = vendor(Map.of());
    peer.ehlo = "250-peer\r\n250-SMTPUTF8\r\n250 8BITMIME";
    assertThat(codes(messages)).containsExactly(SendCode.ACCEPTED);
    assertThat(peer.commands).anyMatch(line -> line.endsWith("SMTPUTF8 BODY=8BITMIME"));
  }

  @Test
  void send_dotsAndLineEndsOfAllKinds_arriveAsWritten() {
    String text = ".\n..\r\n.dot\rend\n\n.";

    assertThat(codes(List.of(mail("b-0", "ada@example.org", "Hi", text))))
        .containsExactly(SendCode.ACCEPTED);
    assertThat(peer.accepted().get(0).text()).isEqualTo(".\r\n..\r\n.dot\r\nend\r\n\r\n.\r\n");
  }

  @Test
  void send_startTlsNotOffered_nothingSentInPlainText() {
    vendor.close();
    vendor = vendor(Map.of("security", "starttls"));

    assertThat(send(1)).containsExactly(SendCode.BAD_CONFIGURATION);
    assertThat(peer.commands).noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
  }

  @Test
  void send_startTls_greetsAgainAndSends() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (var file = getClass().getResourceAsStream("/smtp/localhost.p12")) {
      store.load(file, "changeit".toCharArray());
    }
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, "changeit".toCharArray());
    peer.tls = SSLContext.getInstance("TLS");
    peer.tls.init(keys.getKeyManagers(), null, null);
    peer.ehlo = "250-peer\r\n250-STARTTLS\r\n250 PIPELINING";
    vendor.close();
    String trusted = getClass().getResource("/smtp/localhost.pem").toString();
    vendor = vendor(Map.of("security", "starttls", "trustedCertificates", trusted));

    assertThat(send(3)).containsOnly(SendCode.ACCEPTED);
    assertThat(peer.commands.stream().filter(line -> line.startsWith("EHLO"))).hasSize(2);

    vendor.close();
    vendor = vendor(Map.of("security", "starttls"));
    assertThat(send(1)).containsOnly(SendCode.UNAVAILABLE);
    assertThat(peer.mails).hasSize(3);
  }

  @Test
  void send_plainTextInjectedBehindStartTls_refused() {
    vendor.close();
    vendor = vendor(Map.of("security", "starttls"));
    peer.ehlo = "250-peer\r\n250 STARTTLS";
    peer.answer("STARTTLS", "220 go\r\n250 injected");

    assertThat(send(1)).containsExactly(SendCode.UNAVAILABLE);
  }

  @Test
  void create_credentialsInPlainTextBeyondLoopback_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> vendor(Map.of("host", "mail.example.org")))
        .withMessageContaining("plain text");
  }

  private List<SendCode> send(int count) {
    return codes(SampleMessages.of(Channel.EMAIL, count));
  }

  private List<SendCode> codes(List<OutboundMessage> messages) {
    return vendor.send(messages).stream().map(SendResult::code).toList();
  }

  private static OutboundMessage mail(String reference, String to, String subject, String text) {
    return new OutboundMessage(
        reference,
        new java.util.UUID(1, 2),
        new Recipient(Channel.EMAIL, to),
        new Content.Email(subject, text, null, null));
  }

  private Vendor vendor(Map<String, String> more) {
    Map<String, String> configured =
        new HashMap<>(
            Map.of(
                "host", "localhost",
                "port", Integer.toString(peer.port()),
                "security", "none",
                "senderAddress", "survey@sender.example"));
    if (more.containsKey("host") || more.containsKey("username")) {
      configured.put("username", "beckon");
      configured.put("password", "secret://mail");
    }
    configured.putAll(more);
    SmtpFactory factory = new SmtpFactory();
    return factory.create(
        VendorSettings.read(factory.settings(), configured, reference -> new Secret("s3cret")));
  }
}
