package dev.beckon.dispatch;

import dev.beckon.dispatch.SendGroup.Item;
import dev.beckon.parcel.Deadline;
import dev.beckon.vendor.Content;
import dev.beckon.vendor.OutboundMessage;
import dev.beckon.vendor.SendResult;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes the messages of one dispatch before anything is claimed: a row that ends its worker by
 * being opened or rendered shall do so while nobody else's request is under way, or theirs would
 * end in doubt each time. Messages are kept up to a bound and made again beyond it. One use; {@link
 * #message} is thread-safe.
 */
final class Preparation {
  /** Characters of all messages kept: some 40 MB at most. */
  private static final long MOST_KEPT = 20_000_000;

  private final Composer composer;

  /** Messages by their rows' ids, by vendor account. */
  private final Map<String, Map<String, OutboundMessage>> kept = new ConcurrentHashMap<>();

  private long length;

  Preparation(Composer composer) {
    this.composer = composer;
  }

  /** Makes every message once; whether a row cannot be made is found again when it is its turn. */
  void prepare(Collection<SendGroup> groups, Deadline stop) {
    for (SendGroup group : groups) {
      Map<String, OutboundMessage> messages =
          kept.computeIfAbsent(group.vendorAccount(), any -> new ConcurrentHashMap<>());
      for (Item item : group.items()) {
        if (stop.passed()) {
          return; // nothing is sent any more either
        }
        try {
          keep(composer.compose(item, group), messages);
        } catch (RuntimeException e) {
          // told when the row is dropped for it
        }
      }
    }
  }

  /** The message of a row, whose kept form is given away with it. */
  OutboundMessage message(Item item, SendGroup group) {
    Map<String, OutboundMessage> messages = kept.get(group.vendorAccount());
    OutboundMessage known = messages == null ? null : messages.remove(item.invitation().id());
    return known == null ? composer.compose(item, group) : known;
  }

  /** What a vendor said, without what it repeats of the rows it was given. Thread-safe. */
  List<SendResult> concealed(List<SendResult> results, List<Item> items) {
    return composer.concealed(results, items);
  }

  private void keep(OutboundMessage message, Map<String, OutboundMessage> messages) {
    length += length(message.content());
    if (length <= MOST_KEPT) {
      messages.put(message.reference(), message);
    }
  }

  private static long length(Content content) {
    return switch (content) {
      case Content.Sms sms -> sms.text().length();
      case Content.Email mail -> {
        String html = mail.html();
        yield (long) mail.subject().length()
            + mail.text().length()
            + (html == null ? 0 : html.length());
      }
      case Content.BulkEmail mail -> {
        long values = 0; // what many share is kept once
        for (String value : mail.values()) {
          values += value.length();
        }
        yield values;
      }
    };
  }
}
