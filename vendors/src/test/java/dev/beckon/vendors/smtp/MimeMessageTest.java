package dev.beckon.vendors.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Recipient;
import dev.beckon.vendor.Content;
import dev.beckon.vendor.OutboundMessage;
import jakarta.mail.Message;
import jakarta.mail.Multipart;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Composed mails, read back by an independent parser. */
class MimeMessageTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final SmtpOptions.Sender SENDER =
      new SmtpOptions.Sender("survey@sender.example", "Zoë \"Z\" & Söhne", "help@sender.example");

  @Test
  void compose_fullMail_asTheGoldenFile() throws Exception {
    MimeMessage ours =
        parsed(
            compose(
                "Wie war's, Zoë? 🎉", "Grüße\n\n.dot", "<p>Grüße</p>", "https://s.example/u/t1"));
    MimeMessage golden;
    try (var file = MimeMessageTest.class.getResourceAsStream("/smtp/full.eml")) {
      golden = new MimeMessage(null, file);
    }

    assertThat(java.util.Collections.list(ours.getAllHeaders()))
        .extracting(h -> h.getName() + ": " + unfold(h.getValue()))
        .containsExactlyElementsOf(
            java.util.Collections.list(golden.getAllHeaders()).stream()
                .map(h -> h.getName() + ": " + unfold(h.getValue()))
                .toList());
    assertThat(part(ours, 0)).isEqualTo(part(golden, 0));
    assertThat(part(ours, 1)).isEqualTo(part(golden, 1));
  }

  @Test
  void compose_fullMail_headersReadBack() throws Exception {
    MimeMessage mail =
        parsed(compose("Wie war's, Zoë? 🎉", "t", "<p>h</p>", "https://s.example/u"));

    assertThat(mail.getSubject()).isEqualTo("Wie war's, Zoë? 🎉");
    InternetAddress from = (InternetAddress) mail.getFrom()[0];
    assertThat(from.getAddress()).isEqualTo("survey@sender.example");
    assertThat(from.getPersonal()).isEqualTo("Zoë \"Z\" & Söhne");
    assertThat(mail.getRecipients(Message.RecipientType.TO)).hasSize(1);
    assertThat(mail.getSentDate()).isEqualTo(NOW);
    assertThat(mail.getMessageID()).isEqualTo("<b7-1@sender.example>");
    assertThat(mail.getHeader("List-Unsubscribe-Post", null))
        .isEqualTo("List-Unsubscribe=One-Click");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "short",
        "a subject that is rather longer than one line of a mail should be, and so it is folded somewhere",
        "two  blanks",
        " leading and trailing ",
        "=?UTF-8?B?not encoded?=",
        "Ελληνικά και πολλά άλλα γράμματα, τόσα ώστε να χρειάζονται περισσότερες από μία λέξεις",
        "🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
      })
  void compose_anySubject_readBackInShortLines(String subject) throws Exception {
    byte[] mail = compose(subject, "text", null, null);

    assertThat(parsed(mail).getSubject()).isEqualTo(subject);
    assertThat(new String(mail, StandardCharsets.UTF_8).split("\r\n"))
        .allMatch(l -> l.length() < 79);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "trailing blank \nnext\t\n",
        "mostly ascii with one ü and = signs =3D and a tail ",
        "Ελληνικά και πολλά άλλα\nγράμματα",
        "nul\u0000 and bell\u0007",
        ".dot ü\n..dots ü plain ascii to stay quoted printable\n"
      })
  void compose_anyText_readBack(String text) throws Exception {
    for (String body : new String[] {text, (text + " long ").repeat(300)}) {
      byte[] mail = compose("s", body, null, null);

      assertThat(parsed(mail).getContent().toString().stripTrailing())
          .isEqualTo(body.replace("\n", "\r\n").stripTrailing());
      assertThat(new String(mail, StandardCharsets.UTF_8).split("\r\n"))
          .allMatch(line -> line.length() <= 998)
          .endsWith(".");
      assertThat(mail)
          .asString(StandardCharsets.ISO_8859_1)
          .matches(t -> t.chars().allMatch(c -> c < 128));
    }
  }

  private static String unfold(String header) {
    return header.replaceAll("\r?\n\\s+", " ");
  }

  private static String part(MimeMessage mail, int number) throws Exception {
    return ((Multipart) mail.getContent()).getBodyPart(number).getContent().toString();
  }

  private static byte[] compose(
      String subject, String text, @Nullable String html, @Nullable String unsubscribe)
      throws SmtpException {
    return dev.beckon.vendors.smtp.MimeMessage.compose(
        new OutboundMessage(
            "b7-1",
            new UUID(1, 2),
            new Recipient(Channel.EMAIL, "ada@example.org"),
            new Content.Email(
                subject, text, html, unsubscribe == null ? null : URI.create(unsubscribe))),
        SENDER,
        NOW);
  }

  /** Undoes the dots and the end, as a server does. */
  private static MimeMessage parsed(byte[] data) throws Exception {
    String wire = new String(data, StandardCharsets.UTF_8);
    String mail = wire.substring(0, wire.length() - 3).replace("\r\n..", "\r\n.");
    return SmtpPeer.mime(mail.getBytes(StandardCharsets.UTF_8));
  }
}
