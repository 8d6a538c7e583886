package dev.beckon.mongo;

import dev.beckon.filedrop.Chunk;
import dev.beckon.filedrop.Import;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;

/** Imports and chunks as documents. */
final class ImportDocuments {
  private ImportDocuments() {}

  static Document document(Import dropped) {
    Document document =
        new Document("_id", dropped.id())
            .append("account", dropped.account())
            .append("feed", dropped.feed())
            .append("dispatch", dropped.dispatch())
            .append("key", dropped.key())
            .append("version", dropped.version())
            .append("kind", dropped.kind().name())
            .append("state", dropped.state().name())
            .append("createdAt", Date.from(dropped.createdAt()))
            .append("header", dropped.header())
            .append("chunks", dropped.chunks())
            .append("rows", dropped.rows())
            .append("problem", dropped.problem())
            .append("hintedAt", Date.from(dropped.createdAt()));
    dropped.upload().ifPresent(id -> document.append("upload", id));
    return document;
  }

  static Document document(Chunk chunk) {
    return new Document("_id", chunk.id())
        .append("import", chunk.importId())
        .append("number", chunk.number())
        .append("rows", chunk.rows())
        .append("accepted", chunk.accepted());
  }

  static Document document(Import.Totals totals) {
    return new Document("refused", new Document(new HashMap<String, Object>(totals.refused())))
        .append("stored", new Document(new HashMap<String, Object>(totals.stored())));
  }

  static Import dropped(Document document) {
    Date released = document.getDate("releasedAt");
    return new Import(
        document.getString("_id"),
        document.getString("account"),
        document.getString("feed"),
        document.getString("dispatch"),
        document.getString("key"),
        document.getString("version"),
        Import.Kind.valueOf(document.get("kind", Import.Kind.SEND.name())),
        Import.State.valueOf(document.getString("state")),
        document.getDate("createdAt").toInstant(),
        released == null ? null : released.toInstant(),
        document.getList("header", String.class, List.of()),
        document.getInteger("chunks"),
        Fields.number(document, "rows"),
        document.getString("problem"),
        totals(document));
  }

  static Chunk chunk(Document document) {
    return new Chunk(
        document.getString("import"),
        document.getInteger("number"),
        document.getInteger("rows"),
        document.getBoolean("accepted"),
        totals(document));
  }

  private static Import.Totals totals(Document document) {
    Document totals = document.get("totals", Document.class);
    if (totals == null) {
      return Import.Totals.NONE;
    }
    return new Import.Totals(counts(totals, "refused"), counts(totals, "stored"));
  }

  private static Map<String, Integer> counts(Document totals, String field) {
    Map<String, Integer> counts = new HashMap<>();
    totals
        .get(field, new Document())
        .forEach((name, count) -> counts.put(name, ((Number) count).intValue()));
    return counts;
  }
}
