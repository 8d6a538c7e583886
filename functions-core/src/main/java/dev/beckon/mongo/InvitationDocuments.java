package dev.beckon.mongo;

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
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/** Invitations as documents, and back: the only place that knows their field names. */
final class InvitationDocuments {
  /** The other address of a row; its hash is the second of the field {@code hash}. */
  static final String ALTERNATIVE = "alternative";

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
        .text("channel", row.channel().label())
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
    if (other == null) {
      document.text("hash", row.hash());
    } else {
      // One index finds it by either.
      document.array("hash").text("0", row.hash()).text("1", other.hash()).end();
      document.document(ALTERNATIVE).text("channel", other.channel().label());
      Instant at = other.at();
      if (at != null) {
        document.date("at", at);
      }
      document.end();
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

  private static void write(Raw journal, JournalEntry entry) {
    journal.date("at", entry.at()).text("state", entry.state().name());
    if (!entry.vendor().isEmpty()) {
      journal.text("vendor", entry.vendor());
    }
    if (!entry.note().isEmpty()) {
      journal.text("note", entry.note());
    }
  }

  static Invitation invitation(Document document) {
    Binary sealed = document.get("sealed", Binary.class);
    List<String> hashes = hashes(document);
    return new Invitation(
        document.getString("_id"),
        document.getString("account"),
        document.getString("dispatch"),
        document.getString("batch"),
        document.getInteger("row"),
        Channel.ofLabel(document.getString("channel")).orElseThrow(),
        hashes.getFirst(),
        new SealedValue(sealed.getData()),
        document.getString("language"),
        zone(document.getString("zone")),
        document.getString("token"),
        state(document),
        instant(document, "acceptedAt"),
        instant(document, "notBefore"),
        instant(document, "expires"),
        document.getInteger("attempts"),
        document.getString("send"),
        optionalInstant(document, "firstSent"),
        Fields.number(document, "redriven"),
        Fields.number(document, "episode"),
        document.getString(InvitationChanges.DOUBT_AT),
        alternative(document, hashes),
        document.getList("journal", Document.class, List.of()).stream()
            .map(InvitationDocuments::entry)
            .toList());
  }

  private static List<String> hashes(Document document) {
    return document.get("hash") instanceof List<?> several
        ? several.stream().map(String::valueOf).toList()
        : List.of(document.getString("hash"));
  }

  private static @Nullable Alternative alternative(Document document, List<String> hashes) {
    Document other = document.get(ALTERNATIVE, Document.class);
    return other == null
        ? null
        : new Alternative(
            Channel.ofLabel(other.getString("channel")).orElseThrow(),
            hashes.getLast(),
            optionalInstant(other, "at"));
  }

  /** Names the key that a sealed value needs, as {@code dayKeys} does. */
  static String sealedKey(String account, LocalDate day) {
    return account + "/" + day;
  }

  private static @Nullable ZoneId zone(@Nullable String id) {
    return id == null ? null : ZoneId.of(id);
  }

  static Standing standing(Document document) {
    return new Standing(
        document.getString("_id"),
        document.getString("batch"),
        state(document),
        instant(document, "notBefore"),
        optionalInstant(document, "sendUntil"),
        Fields.number(document, "redriven"),
        document.getString("send"));
  }

  static Found found(Document document) {
    return new Found(
        document.getString("_id"),
        document.getString("account"),
        document.getString("dispatch"),
        document.getString("batch"),
        document.getInteger("row"),
        Channel.ofLabel(document.getString("channel")).orElseThrow(),
        state(document),
        document.getInteger("attempts"),
        instant(document, "expires"),
        Fields.number(document, "redriven"),
        entry(document.getList("journal", Document.class).getLast()));
  }

  static InvitationState state(Document document) {
    return InvitationState.valueOf(document.getString("state"));
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

  private static JournalEntry entry(Document document) {
    return new JournalEntry(
        instant(document, "at"),
        state(document),
        document.get("vendor", ""),
        document.get("note", ""));
  }

  private static Instant instant(Document document, String field) {
    return document.getDate(field).toInstant();
  }

  private static @Nullable Instant optionalInstant(Document document, String field) {
    Date date = document.getDate(field);
    return date == null ? null : date.toInstant();
  }
}
