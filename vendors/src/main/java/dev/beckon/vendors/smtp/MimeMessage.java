package dev.beckon.vendors.smtp;

import dev.beckon.vendor.Content;
import dev.beckon.vendor.OutboundMessage;
import dev.beckon.vendor.SendCode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/** Composes mails (RFC 5322, RFC 2045) in the form DATA carries: CRLF lines, dots doubled. */
final class MimeMessage {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final Pattern REFERENCE =
      Pattern.compile("[A-Za-z0-9_+=~-][A-Za-z0-9._+=~-]{0,199}");
  private static final int LONGEST_LINK = 900;

  private MimeMessage() {}

  /**
   * The whole mail with the line of the final dot.
   *
   * @throws SmtpException with the result of this message alone, when it cannot be composed
   */
  static byte[] compose(OutboundMessage message, SmtpOptions.Sender sender, Instant now)
      throws SmtpException {
    if (!(message.content() instanceof Content.Email email)) {
      throw new SmtpException(SendCode.BAD_CONTENT, "not a mail");
    }
    if (!REFERENCE.matcher(message.reference()).matches()) {
      throw new SmtpException(SendCode.BAD_CONTENT, "the reference cannot be a message id");
    }
    if (email.subject().chars().anyMatch(Character::isISOControl)) {
      throw new SmtpException(SendCode.BAD_CONTENT, "the subject holds a control character");
    }
    String html = email.html();
    Bytes out =
        new Bytes(1200 + (email.text().length() + (html == null ? 0 : html.length())) * 5 / 4);
    out.add("Date: ").add(DATE.format(now)).add("\r\nFrom: ");
    if (sender.name() != null) {
      out.add(HeaderText.phrase(sender.name())).add("\r\n ");
    }
    out.add("<").add(sender.address()).add(">\r\n");
    if (sender.replyTo() != null) {
      out.add("Reply-To: <").add(sender.replyTo()).add(">\r\n");
    }
    out.add("To: <")
        .add(message.to().address())
        .add(">\r\nSubject: ")
        .add(HeaderText.unstructured(email.subject(), 9))
        .add("\r\nMessage-ID: <")
        .add(message.reference())
        .add("@")
        .add(sender.domain())
        .add(">\r\n");
    unsubscribe(out, email);
    // RFC 3834: keeps out-of-office answers away
    out.add("Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n");
    if (html == null) {
      BodyText.write(out, "plain", email.text());
    } else {
      // the key is ours and not guessable, so no content can hold the boundary
      String boundary = "=_" + message.key();
      out.add("Content-Type: multipart/alternative;\r\n boundary=\"" + boundary + "\"\r\n\r\n--")
          .add(boundary)
          .line();
      BodyText.write(out, "plain", email.text());
      out.add("--" + boundary).line();
      BodyText.write(out, "html", html);
      out.add("--" + boundary + "--").line();
    }
    return out.add(".\r\n").toArray();
  }

  /** RFC 2369 and RFC 8058; one click only over https. */
  private static void unsubscribe(Bytes out, Content.Email email) throws SmtpException {
    if (email.unsubscribe() == null) {
      return;
    }
    String link = email.unsubscribe().toASCIIString();
    if (link.length() > LONGEST_LINK) {
      throw new SmtpException(SendCode.BAD_CONTENT, "the unsubscribe link is too long");
    }
    out.add("List-Unsubscribe: <").add(link).add(">\r\n");
    if (link.startsWith("https:")) {
      out.add("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
    }
  }
}
