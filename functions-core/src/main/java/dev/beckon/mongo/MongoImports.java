package dev.beckon.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import dev.beckon.filedrop.Chunk;
import dev.beckon.filedrop.Import;
import dev.beckon.filedrop.ImportStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Imports, chunks, the feeds' locks, the contents seen and when folders were looked through, in the
 * collections {@code imports}, {@code chunks}, {@code feeds}, {@code contents} and {@code looks}.
 */
public final class MongoImports implements ImportStore {
  private final MongoCollection<Document> imports;
  private final MongoCollection<Document> chunks;
  private final MongoCollection<Document> feeds;
  private final MongoCollection<Document> contents;
  private final MongoCollection<Document> looks;

  public MongoImports(MongoConnection connection) {
    this.imports = connection.collection("imports");
    this.chunks = connection.collection("chunks");
    this.feeds = connection.collection("feeds");
    this.contents = connection.collection("contents");
    this.looks = connection.collection("looks");
  }

  @Override
  public void insert(Import dropped) {
    Bulk.insertNew(imports, List.of(ImportDocuments.document(dropped)));
  }

  @Override
  public Optional<Import> find(String id) {
    return Optional.ofNullable(imports.find(eq("_id", id)).map(ImportDocuments::dropped).first());
  }

  @Override
  public boolean lock(String feed, String importId, Instant now, Instant until) {
    return Bulk.write(
            feeds,
            List.of(
                new UpdateOneModel<Document>(
                    and(eq("_id", feed), or(lte("until", Date.from(now)), eq("by", importId))),
                    combine(set("by", importId), set("until", Date.from(until))),
                    new UpdateOptions().upsert(true))))
        .isEmpty();
  }

  @Override
  public void unlock(String feed, String importId) {
    feeds.deleteOne(and(eq("_id", feed), eq("by", importId)));
  }

  @Override
  public String claimContent(String feed, String sha256, String importId, Instant now) {
    String id = feed + "/" + sha256;
    Bulk.insertNew(
        contents,
        List.of(new Document("_id", id).append("import", importId).append("at", Date.from(now))));
    Document owner = contents.find(eq("_id", id)).first();
    if (owner == null) {
      throw new IllegalStateException(
          "the claim of a file's content was removed while it was made");
    }
    return owner.getString("import");
  }

  @Override
  public void release(String id, List<String> header, int count, long rows, Instant at) {
    imports.updateOne(
        and(eq("_id", id), is(Import.State.WAITING)),
        combine(
            set("state", Import.State.RELEASED.name()),
            set("header", header),
            set("chunks", count),
            set("rows", rows),
            set("releasedAt", Date.from(at)),
            set("hintedAt", Date.from(at))));
  }

  @Override
  public void refuse(String id, String problem) {
    imports.updateOne(
        and(eq("_id", id), is(Import.State.WAITING)),
        combine(set("state", Import.State.REFUSED.name()), set("problem", problem)));
  }

  @Override
  public void accept(String id, Import.Totals totals) {
    imports.updateOne(
        and(eq("_id", id), is(Import.State.RELEASED)),
        combine(
            set("state", Import.State.ACCEPTED.name()),
            set("totals", ImportDocuments.document(totals))));
  }

  @Override
  public void cancel(String id, String why) {
    imports.updateOne(
        and(
            eq("_id", id),
            in(
                "state",
                Import.State.WAITING.name(),
                Import.State.RELEASED.name(),
                Import.State.ACCEPTED.name())),
        combine(set("state", Import.State.CANCELLED.name()), set("problem", why)));
  }

  @Override
  public void check(String id, List<String> header, long rows, Import.Totals totals) {
    imports.updateOne(
        and(eq("_id", id), is(Import.State.WAITING)),
        combine(
            set("state", Import.State.CHECKED.name()),
            set("header", header),
            set("rows", rows),
            set("totals", ImportDocuments.document(totals))));
  }

  @Override
  public Optional<Import> nextWaiting(String feed) {
    return Optional.ofNullable(
        imports
            .find(and(eq("feed", feed), is(Import.State.WAITING)))
            .sort(Sorts.ascending("createdAt"))
            .map(ImportDocuments::dropped)
            .first());
  }

  @Override
  public boolean lookThrough(String feed, Instant notSince, Instant now) {
    return Bulk.write(
            looks,
            List.of(
                new UpdateOneModel<Document>(
                    and(eq("_id", feed), lt("at", Date.from(notSince))),
                    set("at", Date.from(now)),
                    new UpdateOptions().upsert(true))))
        .isEmpty();
  }

  @Override
  public List<Import> open(int limit) {
    return imports
        .find(in("state", Import.State.WAITING.name(), Import.State.RELEASED.name()))
        .sort(Sorts.ascending("createdAt"))
        .limit(limit)
        .map(ImportDocuments::dropped)
        .into(new ArrayList<>());
  }

  @Override
  public List<Import> newest(int limit) {
    return newest(new Wanted(null, null, null, null), null, limit);
  }

  @Override
  public List<Import> newest(Wanted wanted, @Nullable Place after, int limit) {
    List<Bson> filters = new ArrayList<>();
    equal(filters, "account", wanted.account());
    equal(filters, "feed", wanted.feed());
    equal(filters, "state", wanted.state() == null ? null : wanted.state().name());
    equal(filters, "upload", wanted.upload());
    if (after != null) {
      Date at = Date.from(after.createdAt());
      filters.add(or(lt("createdAt", at), and(eq("createdAt", at), lt("_id", after.id()))));
    }
    return imports
        .find(filters.isEmpty() ? Filters.empty() : and(filters))
        .sort(Sorts.descending("createdAt", "_id"))
        .limit(limit)
        .map(ImportDocuments::dropped)
        .into(new ArrayList<>());
  }

  private static void equal(List<Bson> filters, String field, @Nullable String value) {
    if (value != null) {
      filters.add(eq(field, value));
    }
  }

  @Override
  public void insertChunk(Chunk chunk) {
    Bulk.insertNew(chunks, List.of(ImportDocuments.document(chunk)));
  }

  @Override
  public Optional<Chunk> chunk(String id) {
    return Optional.ofNullable(chunks.find(eq("_id", id)).map(ImportDocuments::chunk).first());
  }

  @Override
  public List<Chunk> chunks(String importId) {
    return chunks
        .find(eq("import", importId))
        .sort(Sorts.ascending("number"))
        .map(ImportDocuments::chunk)
        .into(new ArrayList<>());
  }

  @Override
  public boolean acceptChunk(String id, Import.Totals totals) {
    return chunks
            .updateOne(
                and(eq("_id", id), eq("accepted", false)),
                combine(set("accepted", true), set("totals", ImportDocuments.document(totals))))
            .getModifiedCount()
        == 1;
  }

  @Override
  public long openChunks(String importId) {
    return chunks.countDocuments(and(eq("import", importId), eq("accepted", false)));
  }

  @Override
  public boolean hint(String id, Instant notSince, Instant now) {
    return imports
            .updateOne(
                and(
                    eq("_id", id),
                    or(Filters.exists("hintedAt", false), lt("hintedAt", Date.from(notSince)))),
                set("hintedAt", Date.from(now)))
            .getModifiedCount()
        == 1;
  }

  private static Bson is(Import.State state) {
    return eq("state", state.name());
  }
}
