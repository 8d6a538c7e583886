package dev.beckon.vendors.sparkpost;

import dev.beckon.template.Segment;
import dev.beckon.template.SharedText;
import dev.beckon.vendor.Content;
import dev.beckon.vendor.SharedMail;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Gives mails that were rendered whole the shared form: each part is one variable. Thread-safe. */
final class WholeMails {
  private record Shape(boolean html, @Nullable String scheme) {}

  private final Map<Shape, SharedMail> mails = new ConcurrentHashMap<>();

  Content.BulkEmail bulk(Content.Email mail) {
    List<String> values = new ArrayList<>();
    values.add(mail.subject());
    values.add(mail.text());
    URI unsubscribe = mail.unsubscribe();
    String scheme = null;
    if (unsubscribe != null) {
      String link = unsubscribe.toASCIIString();
      // the scheme stays in the text: it decides which headers there are
      scheme = link.substring(0, link.indexOf(':') + 1);
      values.add(link.substring(scheme.length()));
    }
    String html = mail.html();
    if (html != null) {
      values.add(html);
    }
    SharedMail shared =
        mails.computeIfAbsent(new Shape(html != null, scheme), WholeMails::sharedMail);
    return new Content.BulkEmail(shared, values);
  }

  private static SharedMail sharedMail(Shape shape) {
    int next = 2;
    SharedText unsubscribe = null;
    if (shape.scheme() != null) {
      unsubscribe =
          new SharedText(List.of(new Segment.Text(shape.scheme()), new Segment.Variable(next++)));
    }
    return new SharedMail(
        variable(0), variable(1), shape.html() ? variable(next) : null, unsubscribe);
  }

  private static SharedText variable(int number) {
    return new SharedText(List.of(new Segment.Variable(number)));
  }
}
