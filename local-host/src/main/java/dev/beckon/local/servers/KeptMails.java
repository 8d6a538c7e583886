package dev.beckon.local.servers;

import dev.beckon.local.servers.SparkPostServer.Mail;
import dev.beckon.local.servers.TransmissionReader.Recipient;
import dev.beckon.local.servers.TransmissionReader.Transmission;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Mails of a bulk vendor, expanded for people to look at. Thread-safe. */
final class KeptMails {
  private final int most;
  private final Kept which;
  private final Deque<Mail> mails = new ArrayDeque<>();

  KeptMails(int most, Kept which) {
    this.most = most;
    this.which = which;
  }

  synchronized int room() {
    return which == Kept.NEWEST ? most : most - mails.size();
  }

  synchronized List<Mail> mails() {
    return List.copyOf(mails);
  }

  /**
   * Expands a mail, and keeps it if it is one of those to be kept.
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
      if (which.wants(mails.size(), most)) {
        mails.add(mail);
      }
      if (mails.size() > most) {
        mails.remove();
      }
    }
  }

  private static String expand(
      Map<String, String> content, String part, Map<String, String> values) {
    return SparkPostTemplate.expand(content.getOrDefault(part, ""), values, part.equals("html"));
  }
}
