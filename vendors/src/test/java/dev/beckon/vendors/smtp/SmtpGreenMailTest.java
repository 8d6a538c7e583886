package dev.beckon.vendors.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.beckon.account.Secret;
import dev.beckon.invitation.Channel;
import dev.beckon.vendor.SampleMessages;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import dev.beckon.vendor.Vendor;
import dev.beckon.vendor.VendorSettings;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The client against a server others wrote. */
class SmtpGreenMailTest {

  @Test
  void send_overPlainText_readBackWhole() throws Exception {
    GreenMail server = start(ServerSetup.PROTOCOL_SMTP);
    try {
      assertThat(send(server.getSmtp().getPort(), Map.of("security", "none")))
          .containsOnly(SendCode.ACCEPTED);

      MimeMessage mail = server.getReceivedMessages()[0];
      assertThat(mail.getSubject()).isEqualTo("Wie war's, Zoë?");
      assertThat(((Multipart) mail.getContent()).getBodyPart(0).getContent().toString())
          .contains(SampleMessages.GREETING);
      assertThat(((Multipart) mail.getContent()).getBodyPart(1).getContent().toString())
          .contains(SampleMessages.GREETING);
      assertThat(mail.getHeader("List-Unsubscribe", null)).startsWith("<https://");
      assertThat(server.getReceivedMessages()).hasSize(3);
    } finally {
      server.stop();
    }
  }

  @Test
  void send_withPassword_onlyTheRightOneAccepted() {
    GreenMail server = start(ServerSetup.PROTOCOL_SMTP);
    try {
      server.setUser("beckon@sender.example", "beckon", "right");
      Map<String, String> login =
          Map.of("security", "none", "username", "beckon", "password", "secret://right");

      assertThat(send(server.getSmtp().getPort(), login)).containsOnly(SendCode.ACCEPTED);

      Map<String, String> wrong = new HashMap<>(login);
      wrong.put("password", "secret://wrong");
      assertThat(send(server.getSmtp().getPort(), wrong)).containsOnly(SendCode.BAD_CONFIGURATION);
    } finally {
      server.stop();
    }
  }

  @Test
  void send_overTls_onlyToTrustedCertificate() throws Exception {
    System.setProperty("greenmail.tls.keystore.file", resource("localhost.p12"));
    System.setProperty("greenmail.tls.keystore.password", "changeit");
    String certificate = Files.readString(Path.of(resource("localhost.pem")));
    GreenMail server = start(ServerSetup.PROTOCOL_SMTPS);
    try {
      int port = server.getSmtps().getPort();

      assertThat(send(port, Map.of("security", "tls", "trustedCertificates", certificate)))
          .containsOnly(SendCode.ACCEPTED);
      assertThat(send(port, Map.of("security", "tls"))).containsOnly(SendCode.UNAVAILABLE);
      assertThat(server.getReceivedMessages()).hasSize(3);
    } finally {
      server.stop();
    }
  }

  private static GreenMail start(String protocol) {
    GreenMail server = new GreenMail(new ServerSetup(0, "localhost", protocol));
    server.start();
    return server;
  }

  /** A certificate for localhost, made for these tests; GreenMail's own names no host. */
  private static String resource(String name) throws Exception {
    return Path.of(SmtpGreenMailTest.class.getResource("/smtp/" + name).toURI()).toString();
  }

  private static List<SendCode> send(int port, Map<String, String> more) {
    Map<String, String> configured =
        new HashMap<>(
            Map.of(
                "host", "localhost",
                "port", Integer.toString(port),
                "senderAddress", "survey@sender.example"));
    configured.putAll(more);
    SmtpFactory factory = new SmtpFactory();
    try (Vendor vendor =
        factory.create(
            VendorSettings.read(
                factory.settings(), configured, reference -> new Secret(reference.getHost())))) {
      return vendor.send(SampleMessages.of(Channel.EMAIL, 3)).stream()
          .map(SendResult::code)
          .toList();
    }
  }
}
