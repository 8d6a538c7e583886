package dev.beckon.local.demo;

import dev.beckon.local.servers.SparkPostServer;
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A mail as a server received it.
 *
 * @param unsubscribe its {@code List-Unsubscribe}; empty when it has none
 * @param html the HTML part, or empty
 * @param text the plain text, shown where there is no HTML
 */
record Letter(
    String subject, String from, String to, String unsubscribe, String html, String text) {

  /** At most so many of the {@code .eml} files in a folder, evenly over all of them. */
  static List<Letter> in(Path folder, int most) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
      files = all.filter(file -> file.toString().endsWith(".eml")).sorted().toList();
    }
    List<Letter> letters = new ArrayList<>();
    for (Path file : Spread.over(files, most)) {
      letters.add(read(file));
    }
    return letters;
  }

  /** Mails of a bulk vendor's stub, as it expanded them. */
  static List<Letter> expanded(List<SparkPostServer.Mail> mails) {
    return mails.stream()
        .map(m -> new Letter(m.subject(), m.from(), m.to(), m.unsubscribe(), m.html(), m.text()))
        .toList();
  }

  private static Letter read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MimeMessage mail = new MimeMessage(Session.getInstance(new Properties()), in);
      String unsubscribe = mail.getHeader("List-Unsubscribe", null);
      return new Letter(
          mail.getSubject(),
          String.valueOf(mail.getFrom()[0]),
          String.valueOf(mail.getRecipients(Message.RecipientType.TO)[0]),
          unsubscribe == null ? "" : unsubscribe,
          html(mail),
          mail.getContent() instanceof Multipart ? "" : String.valueOf(mail.getContent()));
    } catch (MessagingException e) {
      throw new IOException("a mail that was received cannot be read: " + file, e);
    }
  }

  private static String html(MimeMessage mail) throws MessagingException, IOException {
    if (mail.getContent() instanceof Multipart parts) {
      for (int i = parts.getCount() - 1; i >= 0; i--) {
        BodyPart part = parts.getBodyPart(i);
        if (part.isMimeType("text/html")) {
          return String.valueOf(part.getContent());
        }
      }
    }
    return "";
  }
}
