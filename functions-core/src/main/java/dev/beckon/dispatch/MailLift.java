package dev.beckon.dispatch;

import dev.beckon.template.Lifted;
import dev.beckon.template.Lifter;
import dev.beckon.template.SharedText;
import dev.beckon.template.SurveyLinks;
import dev.beckon.template.Template;
import dev.beckon.template.Values;
import dev.beckon.vendor.Content;
import dev.beckon.vendor.SharedMail;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The mail of one language in the form for bulk vendors. Immutable, thread-safe. */
final class MailLift {
  private final Lifted lifted;
  private final SharedMail shared;

  /**
   * @param lifter new, knowing the links and constants of this mail
   */
  MailLift(
      Lifter lifter,
      Template subject,
      Template text,
      @Nullable Template html,
      SurveyLinks unsubscribe) {
    lifter.add(subject);
    lifter.add(text);
    lifter.add(unsubscribe);
    if (html != null) {
      lifter.add(html);
    }
    this.lifted = lifter.lift();
    List<SharedText> parts = lifted.parts();
    this.shared =
        new SharedMail(
            parts.get(0), parts.get(1), html == null ? null : parts.get(3), parts.get(2));
  }

  Content.BulkEmail mail(Values values, Values ofLinks) {
    return new Content.BulkEmail(shared, lifted.values(values, ofLinks));
  }
}
