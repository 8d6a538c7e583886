package dev.beckon.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import dev.beckon.invitation.InvitationSearch;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.Search;
import dev.beckon.invitation.SearchTooLongException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

/** The search over the collection {@code invitations}; it never reads what is sealed. */
public final class MongoInvitationSearch implements InvitationSearch {
  private static final Bson LISTED =
      Projections.include(
          "account",
          "hash",
          "dispatch",
          "batch",
          "row",
          "channel",
          "state",
          "attempts",
          "expires",
          "redriven",
          "journal");

  private final MongoCollection<Document> invitations;

  private final Duration most;

  public MongoInvitationSearch(MongoConnection connection) {
    this(connection.collection("invitations"), Duration.ZERO);
  }

  /**
   * @param most how long the server may look; zero for as long as the connection lasts
   */
  private MongoInvitationSearch(MongoCollection<Document> invitations, Duration most) {
    this.invitations = invitations;
    this.most = most;
  }

  @Override
  public InvitationSearch within(Duration most) {
    return new MongoInvitationSearch(invitations, most);
  }

  @Override
  public List<Found> page(Search search, String after, int limit) {
    List<Bson> filters = filters(search);
    filters.add(gt("_id", after));
    return inTime(() ->
        InvitationDocuments.each(
            invitations
                .find(and(filters), RawBsonDocument.class)
                .projection(LISTED)
                .sort(Sorts.ascending("_id"))
                .limit(limit)
                .maxTime(most.toMillis(), TimeUnit.MILLISECONDS),
            InvitationDocuments::found));
  }

  @Override
  public Map<InvitationState, Long> counts(Search search, String after) {
    List<Bson> filters = filters(search);
    if (!after.isEmpty()) {
      filters.add(gt("_id", after));
    }
    Map<InvitationState, Long> counts = new EnumMap<>(InvitationState.class);
    for (Document group : groups(filters, "$state")) {
      counts.put(InvitationState.valueOf(group.getString("_id")), Fields.number(group, "rows"));
    }
    return counts;
  }

  @Override
  public Map<String, Map<InvitationState, Long>> countsByDispatch(Search search) {
    Map<String, Map<InvitationState, Long>> counts = new TreeMap<>();
    Document both = new Document("dispatch", "$dispatch").append("state", "$state");
    for (Document group : groups(filters(search), both)) {
      Document of = group.get("_id", Document.class);
      counts
          .computeIfAbsent(of.getString("dispatch"), any -> new EnumMap<>(InvitationState.class))
          .put(InvitationState.valueOf(of.getString("state")), Fields.number(group, "rows"));
    }
    return counts;
  }

  private List<Document> groups(List<Bson> filters, Object by) {
    return inTime(() ->
        invitations
            .aggregate(
                List.of(
                    Aggregates.match(filters.isEmpty() ? new Document() : and(filters)),
                    Aggregates.group(by, Accumulators.sum("rows", 1))))
            .maxTime(most.toMillis(), TimeUnit.MILLISECONDS)
            .into(new ArrayList<>()));
  }

  static <T> T inTime(Supplier<T> look) {
    try {
      return look.get();
    } catch (MongoExecutionTimeoutException e) {
      throw new SearchTooLongException();
    }
  }

  private static List<Bson> filters(Search search) {
    List<Bson> filters = new ArrayList<>();
    String account = search.account();
    if (account != null) {
      filters.add(eq("account", account));
    }
    String reference = search.reference();
    if (reference != null && account != null) {
      filters.add(eq("hash", InvitationDocuments.referenceKey(account, reference)));
    }
    if (!search.hashes().isEmpty()) {
      filters.add(in("hash", search.hashes()));
    }
    if (search.token() != null) {
      filters.add(eq("token", search.token()));
    }
    if (search.batch() != null) {
      filters.add(eq("batch", search.batch()));
    }
    if (search.dispatch() != null) {
      filters.add(eq("dispatch", search.dispatch()));
    }
    if (!search.states().isEmpty()) {
      filters.add(in("state", search.states().stream().map(Enum::name).toList()));
    }
    Instant since = search.since();
    if (since != null) {
      // Entries are in the order of time: one that is as young means that the last one is.
      filters.add(gte("journal.at", Date.from(since)));
    }
    String reason = search.reason();
    if (reason != null) {
      filters.add(lastNoteContains(reason));
    }
    return filters;
  }

  /** The reduce takes the note out of a list of one entry; an entry without a note gives "". */
  private static Bson lastNoteContains(String reason) {
    Document last =
        new Document(
            "$reduce",
            new Document("input", new Document("$slice", List.of("$journal", -1)))
                .append("initialValue", "")
                .append("in", new Document("$ifNull", List.of("$$this.note", ""))));
    Document found =
        new Document(
            "$indexOfCP",
            List.of(
                new Document("$toLower", last), new Document("$literal", Search.folded(reason))));
    return Filters.expr(new Document("$gte", List.of(found, 0)));
  }
}
