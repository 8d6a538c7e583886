package dev.beckon.vendor;

import dev.beckon.template.SharedText;
import org.jspecify.annotations.Nullable;

/**
 * A mail that many recipients share. Immutable; a class and no record, because it equals only
 * itself: one is made per template, and tells at no cost which messages may go out together.
 */
public final class SharedMail {
  private final SharedText subject;
  private final SharedText text;
  private final @Nullable SharedText html;
  private final @Nullable SharedText unsubscribe;

  /**
   * @param html the HTML part, or null for a mail in plain text
   * @param unsubscribe the one-click link, or null when the dispatch has none
   */
  public SharedMail(
      SharedText subject,
      SharedText text,
      @Nullable SharedText html,
      @Nullable SharedText unsubscribe) {
    this.subject = subject;
    this.text = text;
    this.html = html;
    this.unsubscribe = unsubscribe;
  }

  public SharedText subject() {
    return subject;
  }

  public SharedText text() {
    return text;
  }

  public @Nullable SharedText html() {
    return html;
  }

  public @Nullable SharedText unsubscribe() {
    return unsubscribe;
  }

  /** Names no content. */
  @Override
  public String toString() {
    return "SharedMail[" + text.segments().size() + " segments]";
  }
}
