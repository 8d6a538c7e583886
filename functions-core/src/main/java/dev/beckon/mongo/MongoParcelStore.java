package dev.beckon.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.result.UpdateResult;
import dev.beckon.invitation.InvitationState;
import dev.beckon.parcel.Lane;
import dev.beckon.parcel.Parcel;
import dev.beckon.parcel.ParcelStore;
import dev.beckon.parcel.RowSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** Parcels in the collection {@code parcels}. */
public final class MongoParcelStore implements ParcelStore {
  private final MongoCollection<Document> parcels;

  public MongoParcelStore(MongoConnection connection) {
    this.parcels = connection.collection("parcels");
  }

  @Override
  public Set<String> insert(List<Parcel> rows) {
    return Bulk.insertNew(parcels, rows.stream().map(MongoParcelStore::document).toList()).stream()
        .map(position -> rows.get(position).id())
        .collect(Collectors.toSet());
  }

  @Override
  public Map<String, Parcel> load(Collection<String> ids) {
    Map<String, Parcel> loaded = new HashMap<>();
    parcels
        .find(in("_id", ids))
        .map(MongoParcelStore::parcel)
        .forEach(parcel -> loaded.put(parcel.id(), parcel));
    return loaded;
  }

  @Override
  public void ready(Collection<String> ids, Instant due) {
    parcels.updateMany(
        and(in("_id", ids), is(Parcel.State.FILLING)),
        combine(set("state", Parcel.State.READY.name()), set("due", Date.from(due))));
  }

  @Override
  public void done(String id) {
    parcels.updateOne(
        and(eq("_id", id), is(Parcel.State.READY)), set("state", Parcel.State.DONE.name()));
  }

  @Override
  public void done(Collection<String> ids) {
    parcels.updateMany(
        and(in("_id", ids), is(Parcel.State.READY)), set("state", Parcel.State.DONE.name()));
  }

  @Override
  public void split(String id) {
    parcels.updateOne(
        and(eq("_id", id), is(Parcel.State.READY)), set("state", Parcel.State.SPLIT.name()));
  }

  @Override
  public void defer(String id, Instant due) {
    parcels.updateOne(and(eq("_id", id), is(Parcel.State.READY)), set("due", Date.from(due)));
  }

  @Override
  public void nudged(Collection<String> ids, Instant at) {
    parcels.updateMany(in("_id", ids), set("nudgedAt", Date.from(at)));
  }

  @Override
  public List<Parcel> due(Instant now, Instant hintedBefore, Collection<Owner> without, int limit) {
    List<Bson> filters = new ArrayList<>(List.of(unhinted(now, hintedBefore)));
    if (!without.isEmpty()) {
      filters.add(Filters.nor(without.stream().map(MongoParcelStore::of).toList()));
    }
    return byDue(and(filters), limit);
  }

  @Override
  public List<Parcel> dueOf(Owner owner, Instant now, Instant hintedBefore, int limit) {
    return byDue(and(of(owner), unhinted(now, hintedBefore)), limit);
  }

  @Override
  public Optional<Instant> oldestDue(Instant now) {
    return byDue(
            and(is(Parcel.State.READY), lte("due", Date.from(now)), Filters.ne("suspect", true)), 1)
        .stream()
        .map(Parcel::due)
        .findFirst();
  }

  private static Bson unhinted(Instant now, Instant hintedBefore) {
    return and(
        is(Parcel.State.READY),
        lte("due", Date.from(now)),
        or(
            Filters.exists("nudgedAt", false),
            Filters.expr(new Document("$lt", List.of("$nudgedAt", "$due"))),
            lt("nudgedAt", Date.from(hintedBefore))));
  }

  private static Bson of(Owner owner) {
    return and(eq("account", owner.account()), eq("dispatch", owner.dispatch()));
  }

  private List<Parcel> byDue(Bson filter, int limit) {
    return parcels
        .find(filter)
        .sort(Sorts.ascending("due"))
        .limit(limit)
        .map(MongoParcelStore::parcel)
        .into(new ArrayList<>());
  }

  @Override
  public long hintedRows(Owner owner, Instant since) {
    long rows = 0;
    for (Document parcel :
        parcels
            .find(and(of(owner), is(Parcel.State.READY), gte("nudgedAt", Date.from(since))))
            .projection(Projections.include("n", "due", "nudgedAt"))) {
      Instant hinted = parcel.getDate("nudgedAt").toInstant();
      if (!hinted.isBefore(parcel.getDate("due").toInstant())) {
        rows += parcel.getInteger("n");
      }
    }
    return rows;
  }

  @Override
  public List<Parcel> fresh(
      String account, String dispatch, Lane lane, Instant after, Instant until, int limit) {
    return parcels
        .find(
            and(
                is(Parcel.State.READY),
                gt("due", Date.from(after)),
                lte("due", Date.from(until)),
                eq("account", account),
                eq("dispatch", dispatch),
                eq("lane", lane.name()),
                Filters.ne("suspect", true),
                Filters.exists("redrive", false)))
        .sort(Sorts.ascending("due"))
        .limit(limit)
        .map(MongoParcelStore::parcel)
        .into(new ArrayList<>());
  }

  @Override
  public List<Parcel> stale(Instant createdBefore, int limit) {
    return parcels
        .find(and(is(Parcel.State.FILLING), lt("createdAt", Date.from(createdBefore))))
        .sort(Sorts.ascending("createdAt"))
        .limit(limit)
        .map(MongoParcelStore::parcel)
        .into(new ArrayList<>());
  }

  @Override
  public void suspect(String id) {
    parcels.updateOne(
        and(eq("_id", id), is(Parcel.State.READY), eq("n", 1)),
        combine(set("suspect", true), set("due", Date.from(Instant.EPOCH))));
  }

  @Override
  public Trial tryOne(String id, Instant now, Instant until, int most) {
    UpdateResult taken =
        parcels.updateOne(
            and(
                eq("_id", id),
                lt("tries", most),
                or(Filters.exists("busyUntil", false), lt("busyUntil", Date.from(now)))),
            combine(inc("tries", 1), set("busyUntil", Date.from(until))));
    if (taken.getModifiedCount() == 1) {
      return Trial.TAKEN;
    }
    Document parcel = parcels.find(eq("_id", id)).first();
    if (parcel == null || parcel.getInteger("tries") < most) {
      return Trial.IN_HANDS; // whoever had it a moment ago may have survived it meanwhile
    }
    Date busy = parcel.getDate("busyUntil");
    return busy == null || busy.toInstant().isBefore(now) ? Trial.HOPELESS : Trial.IN_HANDS;
  }

  @Override
  public void survived(String id) {
    parcels.updateOne(eq("_id", id), combine(set("tries", 0), unset("busyUntil")));
  }

  @Override
  public List<Parcel> readyOf(String batch, String after, int limit) {
    return parcels
        .find(and(eq("batch", batch), is(Parcel.State.READY), gt("_id", after)))
        .sort(Sorts.ascending("_id"))
        .limit(limit)
        .map(MongoParcelStore::parcel)
        .into(new ArrayList<>());
  }

  @Override
  public List<Listed> list(Listing listing, String after, int limit) {
    List<Bson> filters = new ArrayList<>();
    filters.add(in("state", listing.states().stream().map(Enum::name).toList()));
    filters.add(gt("_id", after));
    if (listing.batch() != null) {
      filters.add(eq("batch", listing.batch()));
    }
    if (listing.suspect()) {
      filters.add(eq("suspect", true));
    }
    return parcels
        .find(and(filters))
        .sort(Sorts.ascending("_id"))
        .limit(limit)
        .map(MongoParcelStore::listed)
        .into(new ArrayList<>());
  }

  @Override
  public List<Listed> deadLettered(String account, String after, int limit) {
    return parcels
        .find(
            and(
                eq("account", account),
                gt("_id", after),
                or(is(Parcel.State.SPLIT), and(is(Parcel.State.READY), eq("suspect", true)))))
        .sort(Sorts.ascending("_id"))
        .limit(limit)
        .map(MongoParcelStore::listed)
        .into(new ArrayList<>());
  }

  @Override
  public List<Parcel> deferred(String account, String dispatch, Instant notBefore, int limit) {
    return parcels
        .find(
            and(
                is(Parcel.State.READY),
                gte("due", Date.from(notBefore)),
                eq("account", account),
                eq("dispatch", dispatch)))
        .sort(Sorts.ascending("due"))
        .limit(limit)
        .map(MongoParcelStore::parcel)
        .into(new ArrayList<>());
  }

  @Override
  public List<Listed> holding(String batch, int row) {
    List<Listed> holding = new ArrayList<>();
    for (Document document : parcels.find(eq("batch", batch))) {
      if (RowSet.parse(document.getString("rows")).contains(row)) {
        holding.add(listed(document));
      }
    }
    holding.sort(Comparator.comparing(listed -> listed.parcel().createdAt()));
    return holding;
  }

  @Override
  public long open(String batch) {
    return parcels.countDocuments(
        and(
            eq("batch", batch),
            in("state", Parcel.State.FILLING.name(), Parcel.State.READY.name())));
  }

  private static Bson is(Parcel.State state) {
    return eq("state", state.name());
  }

  private static Document document(Parcel parcel) {
    Document document =
        new Document("_id", parcel.id())
            .append("account", parcel.account())
            .append("dispatch", parcel.dispatch())
            .append("batch", parcel.batch())
            .append("lane", parcel.lane().name())
            .append("rows", parcel.rows().toString())
            .append("n", parcel.rows().size())
            .append("state", parcel.state().name())
            .append("createdAt", Date.from(parcel.createdAt()))
            .append("due", Date.from(parcel.due()))
            .append("suspect", parcel.suspect())
            .append("tries", 0);
    Parcel.Redrive redrive = parcel.redrive();
    if (redrive != null) {
      Document reopens =
          new Document("number", redrive.number())
              .append("from", redrive.from().stream().map(Enum::name).toList());
      if (redrive.send() != null) {
        reopens.append("send", redrive.send());
      }
      Instant expires = redrive.expires();
      if (expires != null) {
        reopens.append("expires", Date.from(expires));
      }
      document.append("redrive", reopens);
    }
    return document;
  }

  private static Listed listed(Document document) {
    Date nudged = document.getDate("nudgedAt");
    return new Listed(
        parcel(document),
        nudged == null ? null : nudged.toInstant(),
        document.getInteger("tries", 0));
  }

  private static Parcel parcel(Document document) {
    return new Parcel(
        document.getString("_id"),
        document.getString("account"),
        document.getString("dispatch"),
        document.getString("batch"),
        Lane.valueOf(document.getString("lane")),
        RowSet.parse(document.getString("rows")),
        Parcel.State.valueOf(document.getString("state")),
        document.getDate("createdAt").toInstant(),
        document.getDate("due").toInstant(),
        redrive(document.get("redrive", Document.class)),
        document.getBoolean("suspect", false));
  }

  private static Parcel.@Nullable Redrive redrive(@Nullable Document document) {
    if (document == null) {
      return null;
    }
    Set<InvitationState> from = EnumSet.noneOf(InvitationState.class);
    document
        .getList("from", String.class)
        .forEach(state -> from.add(InvitationState.valueOf(state)));
    Date expires = document.getDate("expires");
    return new Parcel.Redrive(
        Fields.number(document, "number"),
        from,
        document.getString("send"),
        expires == null ? null : expires.toInstant());
  }
}
