package dev.beckon.local.servers;

import dev.beckon.local.servers.SparkPostServer.Mail;
import dev.beckon.local.servers.TransmissionReader.Recipient;
import dev.beckon.local.servers.TransmissionReader.Transmission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The first mails of a bulk vendor, expanded for people to look at. Thread-safe. */
final class KeptMails {
  private final int most;
  private final List<Mail> mails = new ArrayList<>();

  KeptMails(int most) {
    this.most = most;
  }

  synchronized int room() {
    return most - mails.size();
  }

  synchronized List<Mail> mails() {
    return List.copyOf(mails);
  }

  /**
   * Expands a mail, and keeps it while there is room.
   *
   * @throws IllegalArgumentException when it cannot be expanded
   */
  void look(Transmission transmission, Recipient recipient) {
    Map<String, String> values = new HashMap<>(transmission.values());
    values.putAll(recipient.values());
    Map<String, String> content = transmission.content();
    Mail mail =
        new Mail(
            content.getOrDefault("from/email", ""),
            recipient.address(),
            expand(content, "subject", values),
            expand(content, "text", values),
            expand(content, "html", values),
            expand(content, "headers/List-Unsubscribe", values));
    synchronized (this) {
      if (mails.size() < most) {
        mails.add(mail);
      }
    }
  }

  private static String expand(
      Map<String, String> content, String part, Map<String, String> values) {
    return SparkPostTemplate.expand(content.getOrDefault(part, ""), values, part.equals("html"));
  }
}
