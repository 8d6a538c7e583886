package dev.beckon.mongo;

import com.mongodb.client.FindIterable;
import dev.beckon.invitation.Alternative;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationSearch.Found;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationStore.Standing;
import dev.beckon.invitation.JournalEntry;
import dev.beckon.invitation.SealedValue;
import dev.beckon.privacy.Sealer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.function.Function;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/** Invitations as documents, and back: the only place that knows their field names. */
final class InvitationDocuments {
  /** The channel of a row's other address, whose hash is the second look-up key. */
  static final String OTHER_CHANNEL = "otherChannel";

  /** When the row goes on by it. */
  static final String OTHER_AT = "otherAt";

  private static final String REFERENCE = "ref:";

  private static final int TYPICAL_BYTES = 800;

  private InvitationDocuments() {}

  static List<RawBsonDocument> documents(List<Invitation> rows) {
    return Raw.each(rows, TYPICAL_BYTES, InvitationDocuments::write);
  }

  private static void write(Raw document, Invitation row) {
    byte[] sealed = row.sealed().bytes();
    document
        .text("_id", row.id())
        .text("account", row.account())
        .text("dispatch", row.dispatch())
        .text("batch", row.batch())
        .whole("row", row.row())
        .text("channel", row.channel().label());
    keys(document, row);
    document
        .binary("sealed", sealed)
        .text("language", row.language())
        .text("token", row.token())
        .text("state", row.state().name())
        .date("acceptedAt", row.acceptedAt())
        .date("notBefore", row.notBefore())
        .date("expires", row.expires())
        .whole("attempts", row.attempts())
        .whole("redriven", row.redriven())
        .whole("episode", row.episode())
        .array("journal");
    for (int i = 0; i < row.journal().size(); i++) {
      write(document.document(Integer.toString(i)), row.journal().get(i));
      document.end();
    }
    document.end();
    Alternative other = row.alternative();
    if (other != null) {
      document.text(OTHER_CHANNEL, other.channel().label());
      Instant at = other.at();
      if (at != null) {
        document.date(OTHER_AT, at);
      }
    }
    Sealer.dayOf(sealed)
        .ifPresent(day -> document.text("sealedKey", sealedKey(row.account(), day)));
    ZoneId zone = row.zone();
    if (zone != null) {
      document.text("zone", zone.getId());
    }
    String send = row.send();
    if (send != null) {
      document.text("send", send);
    }
    Instant firstSent = row.firstSent();
    if (firstSent != null) {
      document.date("firstSent", firstSent);
    }
  }

  static void write(Raw journal, JournalEntry entry) {
    journal.date("at", entry.at()).text("state", entry.state().name());
    if (!entry.vendor().isEmpty()) {
      journal.text("vendor", entry.vendor());
    }
    if (!entry.note().isEmpty()) {
      journal.text("note", entry.note());
    }
  }

  /**
   * What a row is looked up by: its hash as a text, or an array of its hashes and the key of its
   * reference behind them, so that one index finds it by any.
   */
  private static void keys(Raw document, Invitation row) {
    Alternative other = row.alternative();
    String reference = row.reference();
    if (other == null && reference == null) {
      document.text("hash", row.hash());
      return;
    }
    document.array("hash").text("0", row.hash());
    if (other != null) {
      document.text("1", other.hash());
    }
    if (reference != null) {
      document.text(other == null ? "1" : "2", referenceKey(row.account(), reference));
    }
    document.end();
  }

  /** By which a reference is found; no hash begins like it, for theirs end at the second colon. */
  static String referenceKey(String account, String reference) {
    return REFERENCE + account + ":" + reference;
  }

  private static @Nullable String reference(String account, List<String> keys) {
    String last = keys.getLast();
    String start = referenceKey(account, "");
    return keys.size() > 1 && last.startsWith(start) ? last.substring(start.length()) : null;
  }

  /** All that a find gives. */
  static List<Invitation> invitations(FindIterable<RawBsonDocument> found) {
    return each(found, InvitationDocuments::invitation);
  }

  static <T> List<T> each(FindIterable<RawBsonDocument> found, Function<RawFields, T> read) {
    RawFields fields = new RawFields();
    return found.map(document -> read.apply(fields.of(document))).into(new ArrayList<>());
  }

  static Invitation invitation(RawFields row) {
    // in the order they are written, which is how they are found soonest
    String id = row.text("_id");
    String account = row.sharedText("account");
    String dispatch = row.sharedText("dispatch");
    String batch = row.sharedText("batch");
    int number = row.whole("row");
    Channel channel = Channel.ofLabel(row.sharedText("channel")).orElseThrow();
    List<String> keys = row.texts("hash");
    SealedValue sealed = new SealedValue(row.binary("sealed"));
    String language = row.sharedText("language");
    String token = row.text("token");
    InvitationState state = state(row);
    Instant acceptedAt = row.date("acceptedAt");
    Instant notBefore = row.date("notBefore");
    Instant expires = row.date("expires");
    int attempts = row.whole("attempts");
    long redriven = row.number("redriven");
    long episode = row.number("episode");
    List<JournalEntry> journal = row.each("journal", InvitationDocuments::entry);
    return new Invitation(
        id,
        account,
        dispatch,
        batch,
        number,
        channel,
        keys.getFirst(),
        sealed,
        language,
        zone(row.textOrNull("zone")),
        token,
        state,
        acceptedAt,
        notBefore,
        expires,
        attempts,
        row.textOrNull("send"),
        row.dateOrNull("firstSent"),
        redriven,
        episode,
        row.textOrNull(InvitationChanges.DOUBT_AT),
        alternative(row, keys),
        reference(account, keys),
        journal);
  }

  private static @Nullable Alternative alternative(RawFields row, List<String> keys) {
    String channel = row.textOrNull(OTHER_CHANNEL);
    return channel == null
        ? null
        : new Alternative(
            Channel.ofLabel(channel).orElseThrow(), keys.get(1), row.dateOrNull(OTHER_AT));
  }

  /** Names the key that a sealed value needs, as {@code dayKeys} does. */
  static String sealedKey(String account, LocalDate day) {
    return account + "/" + day;
  }

  private static @Nullable ZoneId zone(@Nullable String id) {
    return id == null ? null : ZoneId.of(id);
  }

  static Standing standing(RawFields row) {
    return new Standing(
        row.text("_id"),
        row.sharedText("batch"),
        state(row),
        row.date("notBefore"),
        row.dateOrNull("sendUntil"),
        row.number("redriven"),
        row.textOrNull("send"));
  }

  static Found found(RawFields row) {
    String id = row.text("_id");
    String account = row.sharedText("account");
    return new Found(
        id,
        account,
        row.sharedText("dispatch"),
        row.sharedText("batch"),
        row.whole("row"),
        Channel.ofLabel(row.sharedText("channel")).orElseThrow(),
        state(row),
        row.whole("attempts"),
        row.date("expires"),
        row.number("redriven"),
        reference(account, row.texts("hash")),
        row.each("journal", InvitationDocuments::entry).getLast());
  }

  private static InvitationState state(RawFields row) {
    return InvitationState.valueOf(row.sharedText("state"));
  }

  static Document entry(JournalEntry entry) {
    Document document =
        new Document("at", Date.from(entry.at())).append("state", entry.state().name());
    if (!entry.vendor().isEmpty()) {
      document.append("vendor", entry.vendor());
    }
    if (!entry.note().isEmpty()) {
      document.append("note", entry.note());
    }
    return document;
  }

  private static JournalEntry entry(RawFields entry) {
    String vendor = entry.textOrNull("vendor");
    String note = entry.textOrNull("note");
    return new JournalEntry(
        entry.date("at"), state(entry), vendor == null ? "" : vendor, note == null ? "" : note);
  }
}
