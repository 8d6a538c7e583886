package dev.beckon.local.mailbox;

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
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A mail as a server received it.
 *
 * @param unsubscribe its {@code List-Unsubscribe}; empty when it has none
 * @param html the HTML part, or empty
 * @param text the plain text, or empty
 */
public record Letter(
    String subject, String from, String to, String unsubscribe, String html, String text) {

  /** At most so many of the {@code .eml} files in a folder, evenly over all of them. */
  public static List<Letter> in(Path folder, int most) throws IOException {
    return read(Spread.over(files(folder).stream().sorted().toList(), most));
  }

  /** The {@code .eml} files that were written last, the newest first. */
  static List<Letter> newest(Path folder, int most) throws IOException {
    return read(
        files(folder).stream()
            .sorted(Comparator.comparingLong(Letter::written).reversed())
            .limit(most)
            .toList());
  }

  private static long written(Path file) {
    return file.toFile().lastModified();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
      return all.filter(file -> file.toString().endsWith(".eml")).toList();
    }
  }

  private static List<Letter> read(List<Path> files) throws IOException {
    List<Letter> letters = new ArrayList<>();
    for (Path file : files) {
      letters.add(read(file));
    }
    return letters;
  }

  /** Mails of a bulk vendor's stub, as it expanded them. */
  public static List<Letter> expanded(List<SparkPostServer.Mail> mails) {
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
          part(mail, "text/html"),
          part(mail, "text/plain"));
    } catch (MessagingException e) {
      throw new IOException("a mail that was received cannot be read: " + file, e);
    }
  }

  private static String part(MimeMessage mail, String type) throws MessagingException, IOException {
    if (mail.getContent() instanceof Multipart parts) {
      for (int i = parts.getCount() - 1; i >= 0; i--) {
        BodyPart part = parts.getBodyPart(i);
        if (part.isMimeType(type)) {
          return String.valueOf(part.getContent());
        }
      }
      return "";
    }
    return mail.isMimeType(type) ? String.valueOf(mail.getContent()) : "";
  }

  /** Names nobody. */
  @Override
  public String toString() {
    return "Letter[" + html.length() + " characters]";
  }
}
