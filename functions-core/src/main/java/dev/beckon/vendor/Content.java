package dev.beckon.vendor;

import dev.beckon.template.SharedText;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rendered message, in the shape of its channel. */
public sealed interface Content {

  /**
   * A mail. Subject and text are plain; the HTML part is escaped and complete.
   *
   * @param html the HTML part, or null for a mail in plain text
   * @param unsubscribe the one-click link of <a href="https://www.rfc-editor.org/rfc/rfc8058">RFC
   *     8058</a>, or null when the dispatch has none
   */
  record Email(String subject, String text, @Nullable String html, @Nullable URI unsubscribe)
      implements Content {
    public Email {
      refuseControls(subject);
    }

    @Override
    public String toString() {
      return "Email[" + text.length() + " characters]";
    }
  }

  /**
   * A mail for a vendor that takes what many share once a call.
   *
   * @param values of the mail's variables, escaped for their places: inserted as they are, and
   *     evaluated by nobody
   */
  record BulkEmail(SharedMail mail, List<String> values) implements Content {
    public BulkEmail {
      values = List.copyOf(values);
    }

    /** The same mail as a vendor of single mails takes it. */
    public Email single() {
      SharedText html = mail.html();
      SharedText unsubscribe = mail.unsubscribe();
      return new Email(
          mail.subject().expand(values),
          mail.text().expand(values),
          html == null ? null : html.expand(values),
          unsubscribe == null ? null : URI.create(unsubscribe.expand(values)));
    }

    @Override
    public String toString() {
      return "BulkEmail[" + values.size() + " values]";
    }
  }

  /** A text message. */
  record Sms(String text) implements Content {
    @Override
    public String toString() {
      return "Sms[" + text.length() + " characters]";
    }
  }

  private static void refuseControls(String header) {
    if (header.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a subject holds a control character");
    }
  }
}
