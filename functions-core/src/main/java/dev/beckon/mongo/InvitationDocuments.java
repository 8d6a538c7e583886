package dev.beckon.mongo;

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
import org.bson.BsonBinary;
import org.bson.BsonWriter;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/** Invitations as documents, and back: the only place that knows their field names. */
final class InvitationDocuments {
  private static final int TYPICAL_BYTES = 1_024;

  private InvitationDocuments() {}

  static RawBsonDocument document(Invitation row) {
    return Raw.document(TYPICAL_BYTES, document -> write(row, document));
  }

  private static void write(Invitation row, BsonWriter document) {
    byte[] sealed = row.sealed().bytes();
    document.writeString("_id", row.id());
    document.writeString("account", row.account());
    document.writeString("dispatch", row.dispatch());
    document.writeString("batch", row.batch());
    document.writeInt32("row", row.row());
    document.writeString("channel", row.channel().label());
    document.writeString("hash", row.hash());
    document.writeBinaryData("sealed", new BsonBinary(sealed));
    document.writeString("language", row.language());
    document.writeString("token", row.token());
    document.writeString("state", row.state().name());
    document.writeDateTime("acceptedAt", row.acceptedAt().toEpochMilli());
    document.writeDateTime("notBefore", row.notBefore().toEpochMilli());
    document.writeDateTime("expires", row.expires().toEpochMilli());
    document.writeInt32("attempts", row.attempts());
    document.writeInt64("redriven", row.redriven());
    document.writeInt64("episode", row.episode());
    document.writeStartArray("journal");
    row.journal().forEach(entry -> write(entry, document));
    document.writeEndArray();
    Sealer.dayOf(sealed)
        .ifPresent(day -> document.writeString("sealedKey", sealedKey(row.account(), day)));
    ZoneId zone = row.zone();
    if (zone != null) {
      document.writeString("zone", zone.getId());
    }
    String send = row.send();
    if (send != null) {
      document.writeString("send", send);
    }
    Instant firstSent = row.firstSent();
    if (firstSent != null) {
      document.writeDateTime("firstSent", firstSent.toEpochMilli());
    }
  }

  private static void write(JournalEntry entry, BsonWriter journal) {
    journal.writeStartDocument();
    journal.writeDateTime("at", entry.at().toEpochMilli());
    journal.writeString("state", entry.state().name());
    if (!entry.vendor().isEmpty()) {
      journal.writeString("vendor", entry.vendor());
    }
    if (!entry.note().isEmpty()) {
      journal.writeString("note", entry.note());
    }
    journal.writeEndDocument();
  }

  static Invitation invitation(Document document) {
    Binary sealed = document.get("sealed", Binary.class);
    return new Invitation(
        document.getString("_id"),
        document.getString("account"),
        document.getString("dispatch"),
        document.getString("batch"),
        document.getInteger("row"),
        Channel.ofLabel(document.getString("channel")).orElseThrow(),
        document.getString("hash"),
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
        document.getList("journal", Document.class, List.of()).stream()
            .map(InvitationDocuments::entry)
            .toList());
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
